import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import { softwareAuthenticator } from '@tutela/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Approval, approvalText, type Ed25519Approval, type WebauthnApproval } from './approval.js';
import { fromBase64url, toBase64url } from './base64url.js';
import type { JsonPerson, PersonId } from './person.js';
import { type ApprovalRequest, type RequestDigest, requestBytes, requestDigest, requestText } from './request.js';
import type { ApprovalRules } from './rules.js';
import { verifyApprovals } from './verify-approvals.js';

const hour = (text: string) => `2026-03-01T${text}:00.000Z` as UtcInstant;
const id = (name: string) => name as PersonId;
const origin = 'http://localhost:8642';
const rules: ApprovalRules = { people: 2, origins: [origin], rpId: 'localhost' };

const request: ApprovalRequest = {
  v: 1,
  id: 'request-1',
  action: 'package.export',
  caseRef: 'case-1',
  requestedBy: id('staff-1'),
  about: [id('staff-9')],
  reason: 'for the prosecutor',
  requestedAt: hour('10:00'),
  expiresAt: hour('18:00'),
  content: { package: 'a'.repeat(64), recipient: 'prosecutor-2' },
};
const digest = await requestDigest(request);
const challenge = toBase64url(Buffer.from(digest, 'hex'));

/** A person with a passkey and a key file. */
const newPerson = (name: string) => {
  const passkey = softwareAuthenticator();
  const file = generateKeyPairSync('ed25519');
  const facts = { addedAt: hour('08:00'), addedBy: 'installation' };
  const publicKey = file.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
  const person: JsonPerson = {
    v: 1,
    id: id(name),
    ...facts,
    credentials: [
      { method: 'webauthn', id: passkey.credentialId, publicKey: passkey.publicKey, algorithm: 'ES256', ...facts },
      { method: 'ed25519', id: `${name}-key`, publicKey, algorithm: 'EdDSA', ...facts },
    ],
  };
  const byPasskey = (
    ceremony: Partial<Parameters<typeof passkey.assert>[1]> & {
      readonly rpId?: string;
      readonly challenge?: string;
    } = {},
  ): WebauthnApproval => {
    const options = { challenge: ceremony.challenge ?? challenge, rpId: ceremony.rpId ?? 'localhost' };
    const { response } = passkey.assert(options, { origin, ...ceremony });
    const said = { v: 1, method: 'webauthn', request: digest, person: id(name), at: hour('11:00') } as const;
    return { ...said, credentialId: passkey.credentialId, ...response };
  };
  const byFile = (text = approvalText(digest, id(name))): Ed25519Approval => ({
    v: 1,
    method: 'ed25519',
    request: digest,
    person: id(name),
    at: hour('11:00'),
    credentialId: `${name}-key`,
    signature: sign(null, text, file.privateKey).toString('base64url'),
  });
  return { person, byPasskey, byFile };
};

const [one, two, requester, subject] = ['staff-2', 'staff-3', 'staff-1', 'staff-9'].map(newPerson) as [
  ReturnType<typeof newPerson>,
  ReturnType<typeof newPerson>,
  ReturnType<typeof newPerson>,
  ReturnType<typeof newPerson>,
];
const people = [one, two, requester, subject].map(({ person }) => person);
const verify = async (
  approvals: readonly Approval[],
  changes: { request?: ApprovalRequest; people?: readonly JsonPerson[]; rules?: ApprovalRules } = {},
): Promise<string> => {
  const outcome = await verifyApprovals(
    changes.request ?? request,
    approvals,
    changes.people ?? people,
    changes.rules ?? rules,
  );
  return outcome.kind === 'done' ? `approved by ${outcome.value.people.join(' and ')}` : outcome.reason.code;
};
const changed = (name: string, change: (person: JsonPerson) => JsonPerson) =>
  people.map((person) => (person.id === name ? change(person) : person));

describe('a request is approved', () => {
  test.each([
    ['two passkeys', [one.byPasskey(), two.byPasskey()]],
    ['a passkey and a key file', [one.byPasskey(), two.byFile()]],
    ['two key files', [one.byFile(), two.byFile()]],
  ])('with %s of two people', async (_, approvals) => {
    expect(await verify(approvals)).toBe('approved by staff-2 and staff-3');
  });
});

describe('approvals do not count', () => {
  const flip = (text: string, at: number): string => {
    const bytes = fromBase64url(text) as Uint8Array;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return toBase64url(bytes);
  };
  const table: readonly [string, string, readonly Approval[], Parameters<typeof verify>[1]?][] = [
    ['there are none', 'too-few', []],
    ['there is one', 'too-few', [one.byPasskey()]],
    ['one person gives two', 'person-twice', [one.byPasskey(), one.byFile()]],
    [
      'one key gives two under two names',
      'key-twice',
      [one.byPasskey(), { ...one.byPasskey(), person: id('staff-3') }],
      { people: changed('staff-3', (person) => ({ ...person, credentials: one.person.credentials })) },
    ],
    ['the requester gives one', 'requester-approves', [one.byPasskey(), requester.byPasskey()]],
    ['the person it is about gives one', 'subject-approves', [one.byPasskey(), subject.byFile()]],
    ['a person is not known', 'person-unknown', [one.byPasskey(), two.byPasskey()], { people: [one.person] }],
    [
      'a person came later',
      'person-not-then',
      [one.byPasskey(), two.byFile()],
      { people: changed('staff-3', (person) => ({ ...person, addedAt: hour('11:01') })) },
    ],
    [
      'a person had left',
      'person-not-then',
      [one.byPasskey(), two.byFile()],
      { people: changed('staff-3', (person) => ({ ...person, revokedAt: hour('11:00') })) },
    ],
    ['a key is not known', 'credential-unknown', [one.byPasskey(), { ...two.byFile(), credentialId: 'other' }]],
    [
      'a key is somebody else’s',
      'credential-unknown',
      [one.byPasskey(), { ...one.byPasskey(), person: id('staff-3') }],
    ],
    [
      'a key was revoked',
      'credential-not-then',
      [one.byPasskey(), two.byFile()],
      {
        people: changed('staff-3', (person) => ({
          ...person,
          credentials: person.credentials.map((key) => ({ ...key, revokedAt: hour('10:59') })),
        })),
      },
    ],
    [
      'a key came later',
      'credential-not-then',
      [one.byPasskey(), two.byFile()],
      {
        people: changed('staff-3', (person) => ({
          ...person,
          credentials: person.credentials.map((key) => ({ ...key, addedAt: hour('11:01') })),
        })),
      },
    ],
    ['one was given before the request', 'before-request', [one.byPasskey(), { ...two.byFile(), at: hour('09:59') }]],
    ['one was given at its expiry', 'after-expiry', [one.byPasskey(), { ...two.byFile(), at: hour('18:00') }]],
    [
      'one is for another request',
      'other-request',
      [one.byPasskey(), { ...two.byFile(), request: '0'.repeat(64) as RequestDigest }],
    ],
    [
      'the content was changed',
      'other-request',
      [one.byPasskey(), two.byPasskey()],
      { request: { ...request, content: { ...request.content, recipient: 'press' } } },
    ],
    [
      'the passkey signed another digest',
      'other-request',
      [one.byFile(), two.byPasskey({ challenge: toBase64url(new Uint8Array(32)) })],
    ],
    ['the page was another', 'other-origin', [one.byFile(), two.byPasskey({ origin: 'http://localhost:9999' })]],
    ['the page stood in somebody else’s frame', 'other-origin', [one.byFile(), two.byPasskey({ frame: 'foreign' })]],
    ['the relying party was another', 'other-relying-party', [one.byFile(), two.byPasskey({ rpId: 'example.org' })]],
    ['nobody was there', 'user-not-present', [one.byFile(), two.byPasskey({ user: 'absent' })]],
    ['the passkey did not ask who it was', 'user-not-verified', [one.byFile(), two.byPasskey({ user: 'present' })]],
    [
      'a signature is another’s',
      'signature-invalid',
      [one.byFile(), { ...two.byFile(), signature: one.byFile().signature }],
    ],
    ['a signature is one over other text', 'signature-invalid', [one.byFile(), two.byFile(Buffer.from(digest))]],
    [
      'the authenticator data was changed',
      'signature-invalid',
      [one.byFile(), { ...two.byPasskey(), authenticatorData: flip(two.byPasskey().authenticatorData, 33) }],
    ],
    ['something is not base64url', 'malformed-approval', [one.byFile(), { ...two.byPasskey(), signature: 'a=b' }]],
    [
      'the client data is no JSON',
      'malformed-approval',
      [one.byFile(), { ...two.byPasskey(), clientDataJSON: 'AAAA' }],
    ],
    [
      'the request has a member nobody knows',
      'malformed-request',
      [one.byFile(), two.byFile()],
      { request: { ...request, extra: 1 } as ApprovalRequest },
    ],
    ['three are needed', 'too-few', [one.byFile(), two.byFile()], { rules: { ...rules, people: 3 } }],
  ];
  test.each(table)('when %s: %s', async (_, expected, approvals, changes) => {
    expect(await verify(approvals, changes)).toBe(expected);
    expect(await verify([...approvals].reverse(), changes)).toBe(expected);
  });

  test('whatever byte of an assertion or key signature is changed', async () => {
    const passkey = two.byPasskey();
    const file = two.byFile();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('authenticatorData', 'clientDataJSON', 'signature', 'file'),
        fc.nat(),
        async (member, place) => {
          const name = member === 'file' ? 'signature' : (member as 'signature');
          const whole: Approval = member === 'file' ? file : passkey;
          const length = (fromBase64url(whole[name]) as Uint8Array).length;
          const spoilt = { ...whole, [name]: flip(whole[name], place % length) };
          expect(await verify([one.byFile(), spoilt])).not.toMatch('approved');
        },
      ),
      { numRuns: 150 },
    );
  });
});

test('the same request in another order of members has the same bytes, and they are canonical JSON under SHA-256', async () => {
  const reversed = Object.fromEntries(Object.entries(request).reverse()) as unknown as ApprovalRequest;
  expect(requestText(reversed)).toBe(requestText(request));
  expect(createHash('sha256').update(requestBytes(request)).digest('hex')).toBe(digest);
});

test('base64url reads back to the same bytes, and only one text means them', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
    }),
  );
  expect(['AB', 'A', 'AA==', 'A+', 'AA\n'].map(fromBase64url)).toEqual(Array(5).fill(undefined));
});
