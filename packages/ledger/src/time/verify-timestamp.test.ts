import { toHex, type UtcInstant } from '@tutela/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatenate, utf8 } from '../bytes.js';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '../node-crypto.js';
import { signNote } from '../note/signed-note.js';
import { body, checkpointNote, claim, fixture, value } from './fixtures.test-support.js';
import { certificatesOfPem, pemOfCertificates } from './pem.js';
import { replyOfToken, tokenOfReply } from './reply.js';
import { stampedBody } from './stamped-body.js';
import { verifyTimestamp } from './verify-timestamp.js';

describe('a token of', () => {
  test.each([
    { key: 'rsa', authority: 'CN=Example time rsa,O=Example' },
    { key: 'p256', authority: 'CN=Example time p256,O=Example' },
  ] as const)(
    'an authority with a $key key proves when, by whom and under which policy',
    async ({ key, authority }) => {
      const { chain, nonce, ...proven } = value(await verifyTimestamp(claim(key)));
      expect(proven).toEqual({
        genTime: expect.stringMatching(/^2026-11-22T14:\d\d:\d\d\.000Z$/),
        accuracyMicros: 1_500_100,
        policy: '2.999.3161.1',
        serial: '02',
        authority,
      });
      expect(nonce?.length).toBe(16);
      expect(chain.length).toBe(2);
      expect(pemOfCertificates(chain.slice(1))).toContain(toPemBody(fixture(`${key}-root.pem`)));
    },
  );
});

const toPemBody = (pem: Buffer): string => pem.toString().split('\n').slice(1, -2).join('\n');

describe('nothing is proven', () => {
  test('for other bytes', async () => {
    const imprintOf = utf8(`${new TextDecoder().decode(body)}\n`);
    expect(await verifyTimestamp({ ...claim('rsa'), imprintOf })).toMatchObject({
      reason: { code: 'imprint-differs' },
    });
  });

  test('under the root of another authority, or under none', async () => {
    for (const roots of [claim('p256').roots, []]) {
      const verdict = await verifyTimestamp({ ...claim('rsa'), roots });
      expect(verdict).toMatchObject({ kind: 'refused', reason: { code: 'untrusted-authority' } });
    }
  });

  test('when the authority itself is named as believed, but not its root', async () => {
    const { chain } = value(await verifyTimestamp(claim('rsa')));
    const roots = chain.slice(0, 1);
    expect(await verifyTimestamp({ ...claim('rsa'), roots })).toMatchObject({
      reason: { code: 'untrusted-authority' },
    });
  });

  test('at a moment when the certificate held not yet or no longer', async () => {
    const at = (moment: string) => verifyTimestamp({ ...claim('rsa'), at: moment as UtcInstant });
    expect(await at('2027-06-01T00:00:00.000Z')).toMatchObject({ kind: 'done' });
    for (const moment of ['2028-01-01T00:00:00.000Z', '2025-12-31T23:59:59.000Z']) {
      expect(await at(moment)).toMatchObject({ reason: { code: 'certificate-expired' } });
    }
  });

  test('under a root that cannot be read', async () => {
    for (const root of ['', 'not PEM', '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----', utf8('0')]) {
      const verdict = await verifyTimestamp({ ...claim('rsa'), roots: [root] });
      expect(verdict).toMatchObject({ kind: 'refused', reason: { code: 'malformed-root' } });
    }
  });
});

describe('hostile bytes', () => {
  const statement = async (token: Uint8Array, key: 'rsa' | 'p256'): Promise<string | undefined> => {
    const verdict = await verifyTimestamp({ ...claim(key), token });
    if (verdict.kind !== 'done') return undefined;
    const { chain: _, nonce, ...stated } = verdict.value;
    return JSON.stringify({ ...stated, nonce: nonce && toHex(nonce) });
  };

  test('of any kind are refused, and nothing is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (token) => {
        expect((await verifyTimestamp({ ...claim('rsa'), token })).kind).toBe('refused');
        expect(tokenOfReply(token).kind).toBe('refused');
      }),
    );
  });

  test.each([
    ['nested without end', concatenate(...Array<Uint8Array>(60_000).fill(Uint8Array.of(0x30, 0x80)))],
    ['longer than any token', new Uint8Array(300_000)],
    ['of a length that is not there', Uint8Array.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02)],
    ['with a million parts', concatenate(Uint8Array.of(0x30, 0x83, 0x03, 0x0d, 0x40), new Uint8Array(200_000))],
  ])('%s are refused', async (_, token) => {
    expect(await verifyTimestamp({ ...claim('rsa'), token })).toMatchObject({ reason: { code: 'malformed-token' } });
  });

  test('behind a token spoil it', async () => {
    const { token } = claim('rsa');
    expect(await statement(concatenate(token, Uint8Array.of(0)), 'rsa')).toBeUndefined();
  });

  // What is outside of the signature (further certificates, unsigned attributes, how lengths are written) may change
  // without changing what is proven.
  test('in the place of some of a token are refused, or prove exactly what the token did', async () => {
    const keys = ['rsa', 'p256'] as const;
    const before = {
      rsa: await statement(claim('rsa').token, 'rsa'),
      p256: await statement(claim('p256').token, 'p256'),
    };
    const change = fc.record({
      key: fc.constantFrom(...keys),
      at: fc.nat({ max: 2400 }),
      cut: fc.nat({ max: 3 }),
      put: fc.uint8Array({ maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ key, at, cut, put }) => {
        const { token } = claim(key);
        const place = at % token.length;
        const spoilt = concatenate(token.subarray(0, place), put, token.subarray(place + cut));
        const stated = await statement(spoilt, key);
        expect(stated === undefined || stated === before[key]).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test.runIf(process.env.TUTELA_LONG === '1')('each single bit of a token, turned, proves nothing else', async () => {
    for (const key of ['rsa', 'p256'] as const) {
      const { token } = claim(key);
      const before = await statement(token, key);
      for (let bit = 0; bit < 8 * token.length; bit++) {
        const spoilt = token.slice();
        spoilt[bit >> 3] = (spoilt[bit >> 3] as number) ^ (1 << (bit & 7));
        const stated = await statement(spoilt, key);
        expect([bit, stated ?? before]).toEqual([bit, before]);
      }
    }
  });
});

test('the stamped body of a checkpoint is what its signatures cover, however many there are', async () => {
  const text = new TextDecoder().decode(body);
  expect(checkpointNote.startsWith(`${text}\n\u2014 `)).toBe(true);
  const more = [1, 2].map((nth) => signerFromPem(`witness.example/${nth}`, newSigningKeyPem()));
  const cosigned = `${checkpointNote}${(await signNote(nodeHasher, text, more)).slice(text.length + 1)}`;
  expect(value(stampedBody(cosigned))).toEqual(body);
  expect(await verifyTimestamp({ ...claim('rsa'), imprintOf: value(stampedBody(cosigned)) })).toMatchObject({
    kind: 'done',
  });
  expect(stampedBody('no note').kind).toBe('refused');
});

test('an answer and its token turn into each other', () => {
  const reply = fixture('p256.tsr');
  expect(Buffer.from(replyOfToken(value(tokenOfReply(reply))))).toEqual(reply);
});

test('certificates and PEM turn into each other', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1 }), (certificates) => {
      expect(certificatesOfPem(pemOfCertificates(certificates))).toEqual(certificates);
    }),
  );
});
