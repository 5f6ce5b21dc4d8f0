import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { verifyApprovals } from '../approval/verify-approvals.js';
import { beginApproval } from './approve-with-passkey.js';
import { consumeApproval } from './consume-approval.js';
import { requestPerson } from './enrolment.js';
import { installFirstPeople, listPeople } from './people.js';
import {
  codeOf,
  minute,
  openTestPolicy,
  site,
  type TestPerson,
  type TestPolicy,
  testPerson,
  value,
} from './policy-database.test-support.js';
import { recordRefusal } from './record-approval.js';
import { beginRegistration, finishRegistration } from './register-passkey.js';
import { findRequest, listRequests, requestApproval } from './requests.js';
import { revokeCredential, revokePerson } from './revoke.js';

let policy: TestPolicy;
let three: TestPerson;
beforeAll(async () => {
  policy = await openTestPolicy();
  const { one, two, act, approve, addPasskey } = policy;
  three = testPerson('staff-3');
  const asked = await act((tx) =>
    requestPerson(tx, three.newPerson, { requestedBy: one.id, reason: 'joins', at: minute(1) }),
  );
  expect(await approve(value(asked).digest, two, minute(2))).toBe('done');
  await addPasskey(two, one, minute(3));
  await addPasskey(three, one, minute(3));
});
afterEach(async () => {
  expect(await policy.findings()).toEqual([]);
});
afterAll(() => policy.scratch.close());

const content = { package: 'a'.repeat(64), recipient: 'prosecutor-2' };
const ask = async (at = minute(10), hours = 1) => {
  const { act, one } = policy;
  const action = 'package.export';
  const asked = { action, caseRef: 'case-1', requestedBy: one.id, reason: 'trial', content, at, hours };
  return value(await act((tx) => requestApproval(tx, asked))).digest;
};
const use = async (
  digest: Awaited<ReturnType<typeof ask>>,
  changes: Partial<Parameters<typeof consumeApproval>[2]> = {},
) => {
  const asked = {
    digest,
    action: 'package.export',
    caseRef: 'case-1',
    content,
    by: 'staff-1',
    at: minute(20),
    ...changes,
  };
  return codeOf(await policy.act((tx) => consumeApproval(tx, site, asked)));
};

test('the first two people are installed once, and are two', async () => {
  const by = { by: 'operator', at: minute(5) };
  const [a, b] = [testPerson('staff-8'), testPerson('staff-9')];
  expect(codeOf(await policy.act((tx) => installFirstPeople(tx, [a.newPerson, b.newPerson], by)))).toBe(
    'installed-already',
  );
  expect(codeOf(await policy.act((tx) => installFirstPeople(tx, [a.newPerson, a.newPerson], by)))).toBe('same-person');
  const weak = { ...a.newPerson, publicKey: 'AAAA' };
  expect(codeOf(await policy.act((tx) => installFirstPeople(tx, [weak, b.newPerson], by)))).toBe('malformed-key');
});

test('two people approve with a passkey each, and what they signed is verified from the stored record alone', async () => {
  const digest = await ask();
  expect(await policy.approveWithPasskey(digest, two(), minute(11))).toBe('done');
  expect(await use(digest)).toBe('too-few');
  expect(await policy.approveWithPasskey(digest, three, minute(12))).toBe('done');
  const stored = value({ kind: 'done', value: await findRequest(policy.db, digest) });
  const kept = JSON.parse(JSON.stringify({ stored, people: await listPeople(policy.db) })) as {
    readonly stored: NonNullable<typeof stored>;
    readonly people: Awaited<ReturnType<typeof listPeople>>;
  };
  const verified = await verifyApprovals(kept.stored.request, kept.stored.approvals, kept.people, {
    people: 2,
    ...site,
  });
  expect(verified).toEqual({ kind: 'done', value: { digest, people: ['staff-2', 'staff-3'] } });
  expect(await use(digest)).toBe('done');
  expect(await use(digest)).toBe('used-already');
});

const two = () => policy.two;

test('of two who use an approval at once, one does', async () => {
  const digest = await ask();
  await policy.approve(digest, two(), minute(11));
  await policy.approve(digest, three, minute(11));
  expect((await Promise.all([use(digest), use(digest), use(digest)])).sort()).toEqual([
    'done',
    'used-already',
    'used-already',
  ]);
});

test('an approval is for its action, case, content and time, and for people who are still here', async () => {
  const digest = await ask();
  await policy.approve(digest, two(), minute(11));
  await policy.approve(digest, three, minute(11));
  expect(await use(digest, { action: 'case.shred' })).toBe('other-action');
  expect(await use(digest, { caseRef: 'case-2' })).toBe('other-case');
  expect(await use(digest, { caseRef: undefined })).toBe('other-case');
  expect(await use(digest, { content: { ...content, recipient: 'press' } })).toBe('other-content');
  expect(await use(digest, { at: minute(70) })).toBe('after-expiry');
  expect(await use('0'.repeat(64) as typeof digest)).toBe('unknown-request');
  const rolledBack = policy.act(async (tx) => {
    expect(codeOf(await revokePerson(tx, three.id, { by: 'staff-1', at: minute(15), reason: 'left' }))).toBe('done');
    const asked = { digest, action: 'package.export', caseRef: 'case-1', content, by: 'staff-1', at: minute(20) };
    expect(codeOf(await consumeApproval(tx, site, asked))).toBe('person-not-then');
    throw new Error('as if it had not been');
  });
  await expect(rolledBack).rejects.toThrow('as if');
  expect(await use(digest)).toBe('done');
});

test('an effect that fails leaves its approval unused', async () => {
  const digest = await ask();
  await policy.approve(digest, two(), minute(11));
  await policy.approve(digest, three, minute(11));
  const failing = policy.act(async (tx) => {
    value(
      await consumeApproval(tx, site, {
        digest,
        action: 'package.export',
        caseRef: 'case-1',
        content,
        by: 'x',
        at: minute(20),
      }),
    );
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(await use(digest)).toBe('done');
});

test('the requester, the same person again, a copied passkey and a late approval are refused, and nothing is kept of them', async () => {
  const digest = await ask();
  expect(await policy.approve(digest, policy.one, minute(11))).toBe('requester-approves');
  expect(await policy.approve(digest, two(), minute(70))).toBe('after-expiry');
  expect(await policy.approve(digest, two(), minute(11))).toBe('done');
  expect(await policy.approveWithPasskey(digest, two(), minute(12))).toBe('person-twice');
  three.passkey.assert({ challenge: 'AAAA', rpId: 'localhost' }, { origin: site.origins[0], counter: 0 });
  expect(await policy.approveWithPasskey(digest, three, minute(12))).toBe('copied-passkey');
  three.passkey.assert({ challenge: 'AAAA', rpId: 'localhost' }, { origin: site.origins[0], counter: 100 });
  expect((await findRequest(policy.db, digest))?.approvals.map(({ person }) => person)).toEqual(['staff-2']);
});

test('one signed refusal ends a request and says why', async () => {
  const digest = await ask();
  await policy.approve(digest, two(), minute(11));
  const refusal = await three.refusal(digest, minute(12), 'two files of another case');
  const { signature } = await three.approval(digest, minute(12));
  for (const forged of [
    { ...refusal, signature },
    { ...refusal, reason: 'no reason' },
  ])
    expect(codeOf(await policy.act((tx) => recordRefusal(tx, forged)))).toBe('signature-invalid');
  expect(codeOf(await policy.act((tx) => recordRefusal(tx, refusal)))).toBe('done');
  expect(await findRequest(policy.db, digest)).toMatchObject({
    state: 'refused',
    refusedBy: 'staff-3',
    refusedBecause: 'two files of another case',
  });
  expect(await policy.approve(digest, three, minute(13))).toBe('not-open');
  expect(await use(digest)).toBe('refused');
  expect(
    (await listRequests(policy.db, { state: 'open', at: minute(13), limit: 100 })).map((one) => one.digest),
  ).not.toContain(digest);
});

test('nobody approves their own enrolment or passkey, and a challenge is answered once', async () => {
  const { act, one, db } = policy;
  const other = testPerson('staff-1-other-key');
  const options = value(await act((tx) => beginRegistration(tx, site, { person: one.id, at: minute(30) })));
  expect(options.user.name).toBe('staff-1');
  const response = other.passkey.register(options, { origin: site.origins[0] });
  const asked = value(await act((tx) => finishRegistration(tx, site, { response, at: minute(31) })));
  expect(codeOf(await act((tx) => finishRegistration(tx, site, { response, at: minute(31) })))).toBe(
    'response-refused',
  );
  expect(await policy.approve(asked.digest, one, minute(32))).toBe('requester-approves');
  expect(await policy.approveWithPasskey(asked.digest, other, minute(32))).toBe('credential-unknown');
  const late = value(await act((tx) => beginRegistration(tx, site, { person: one.id, at: minute(30) })));
  const tooLate = other.passkey.register(late, { origin: site.origins[0] });
  expect(codeOf(await act((tx) => finishRegistration(tx, site, { response: tooLate, at: minute(36) })))).toBe(
    'response-refused',
  );
  expect((await listPeople(db)).find(({ id }) => id === one.id)?.credentials).toHaveLength(1);
  expect(
    codeOf(
      await act((tx) => requestPerson(tx, two().newPerson, { requestedBy: one.id, reason: 'again', at: minute(33) })),
    ),
  ).toBe('known-already');
});

test('the passkeys offered are those of people who may approve', async () => {
  const { act } = policy;
  const asked = {
    action: 'audit.open',
    requestedBy: policy.one.id,
    about: [three.id],
    reason: 'audit',
    content: {},
    at: minute(10),
  };
  const { digest } = value(await act((tx) => requestApproval(tx, asked)));
  const options = value(await beginApproval(policy.db, site, digest));
  expect(options.challenge).toBe(Buffer.from(digest, 'hex').toString('base64url'));
  expect(options.allowCredentials?.map(({ id }) => id)).toEqual([two().passkey.credentialId]);
  expect(await policy.approveWithPasskey(digest, three, minute(11))).toBe('subject-approves');
});

test('somebody who left asks for nothing and approves nothing', async () => {
  const { act, one } = policy;
  const four = testPerson('staff-4');
  const asked = await act((tx) =>
    requestPerson(tx, four.newPerson, { requestedBy: one.id, reason: 'joins', at: minute(10) }),
  );
  await policy.approve(value(asked).digest, two(), minute(11));
  const digest = await ask(minute(12));
  const key = (await listPeople(policy.db)).find(({ id }) => id === four.id)?.credentials[0]?.id ?? '';
  value(await act((tx) => revokeCredential(tx, four.id, key, { by: 'staff-1', at: minute(13), reason: 'lost' })));
  expect(await policy.approve(digest, four, minute(14))).toBe('credential-not-then');
  value(await act((tx) => revokePerson(tx, four.id, { by: 'staff-1', at: minute(13), reason: 'left' })));
  expect(await policy.approve(digest, four, minute(14))).toBe('person-not-then');
  const late = { action: 'a.b', requestedBy: four.id, reason: 'r', content: {}, at: minute(15) };
  expect(codeOf(await act((tx) => requestApproval(tx, late)))).toBe('person-unknown');
});

test('what this package does by itself is asked for by its own functions alone', async () => {
  const asked = { action: 'person.enrol', requestedBy: policy.one.id, reason: 'r', content: {}, at: minute(10) };
  await expect(policy.act((tx) => requestApproval(tx, asked))).rejects.toMatchObject({ code: 'invalid' });
});

test('an approval cannot be rewritten or taken away', async () => {
  const digest = await ask();
  await policy.approve(digest, two(), minute(11));
  await expect(sql`delete from policy.approval`.execute(policy.db)).rejects.toThrow('only grows');
  await expect(sql`update policy.approval set person_id = 'staff-1'`.execute(policy.db)).rejects.toThrow('only grows');
});
