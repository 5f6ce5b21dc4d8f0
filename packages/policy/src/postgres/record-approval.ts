import { canonicalJson, done, type JsonObject, type Outcome, refused } from '@tutela/core';
import { type Approval, type Refusal, refusalText } from '../approval/approval.js';
import type { RequestDigest } from '../approval/request.js';
import type { ApprovalSite } from '../approval/rules.js';
import { type ApprovalFault, approvalFault, personalKeyFault, verifyApprovals } from '../approval/verify-approvals.js';
import type { ConsumeFault } from './consume-approval.js';
import { listPeople } from './people.js';
import { recordAct, wrote } from './record-act.js';
import { findRequest, holdRequest, type RequestState } from './requests.js';
import { settleApproved } from './settle.js';
import { policyTables, type Tx } from './tables.js';

export type RecordFault = ApprovalFault | ConsumeFault | 'unknown-request' | 'not-open' | 'person-twice';

/**
 * Takes one person's approval, once it counts. When it is the last that was needed and the act is one of this package
 * (a person, a key, a role, an authority), the act is done in the same transaction.
 * @throws PolicyError `overtaken`
 */
export const recordApproval = async (
  tx: Tx,
  site: ApprovalSite,
  approval: Approval,
): Promise<Outcome<RequestState, RecordFault>> => {
  const held = await holdOpen(tx, approval.request);
  if (held.kind !== 'done') return held;
  const { digest, request, needed, approvals } = held.value;
  if (approvals.some(({ person }) => person === approval.person))
    return refused('person-twice', `${approval.person} has approved this already`);
  const rules = { people: needed, ...site };
  const people = await listPeople(tx);
  const fault = await approvalFault(request, digest, approval, people, rules);
  if (fault !== undefined) return refused(fault, `the approval does not count: ${fault}`);
  const isLast = approvals.length + 1 >= needed;
  if (isLast) {
    // An earlier approver may have left since; better told now than when it is used.
    const now = [...approvals, approval].map((one) => ({ ...one, at: approval.at }));
    const verified = await verifyApprovals(request, now, people, rules);
    if (verified.kind !== 'done') return verified;
  }
  await insertWord(tx, 'approves', approval);
  if (isLast) {
    const settled = await settleApproved(tx, site, request, { by: approval.person, at: approval.at });
    if (settled.kind !== 'done') return settled;
  }
  return done((await findRequest(tx, digest)) as RequestState);
};

/**
 * One refusal ends a request; whoever asked takes it back so. It is signed with a key file, over a text that approves
 * nothing.
 */
export const recordRefusal = async (tx: Tx, refusal: Refusal): Promise<Outcome<RequestState, RecordFault>> => {
  const held = await holdOpen(tx, refusal.request);
  if (held.kind !== 'done') return held;
  const { digest, approvals } = held.value;
  const people = await listPeople(tx);
  const person = people.find(({ id, revokedAt }) => id === refusal.person && revokedAt === undefined);
  const credential = person?.credentials.find(
    ({ id, revokedAt }) => id === refusal.credentialId && revokedAt === undefined,
  );
  if (credential?.method !== 'ed25519') return refused('credential-unknown', `${refusal.person} has no such key`);
  const fault = await personalKeyFault(refusal, credential, refusalText(digest, refusal.person, refusal.reason));
  if (fault !== undefined) return refused(fault, `the refusal does not count: ${fault}`);
  if (approvals.some((approval) => approval.person === refusal.person))
    return refused('person-twice', `${refusal.person} has approved this already`);
  await policyTables(tx)
    .updateTable('policy.approval_request')
    .set({ state: 'refused', settled_at: refusal.at, settled_by: refusal.person })
    .where('digest', '=', digest)
    .execute();
  await insertWord(tx, 'refuses', refusal);
  return done((await findRequest(tx, digest)) as RequestState);
};

const holdOpen = async (
  tx: Tx,
  digest: RequestDigest,
): Promise<Outcome<RequestState, 'unknown-request' | 'not-open'>> => {
  const held = await holdRequest(tx, digest);
  if (held === undefined) return refused('unknown-request', 'nobody asked for this');
  return held.state === 'open' ? done(held) : refused('not-open', `the request is ${held.state}`);
};

const insertWord = async (tx: Tx, word: 'approves' | 'refuses', approval: Approval | Refusal): Promise<void> => {
  const { request: digest, person, at } = approval;
  const document = canonicalJson(approval as unknown as JsonObject);
  await policyTables(tx)
    .insertInto('policy.approval')
    .values({ digest, person_id: person, word, at, document })
    .execute();
  const { caseRef } = ((await findRequest(tx, digest)) as RequestState).request;
  await recordAct(tx, {
    type: word === 'approves' ? 'policy.approval-given' : 'policy.approval-refused',
    by: person,
    at,
    subjects: [digest],
    caseRef,
    payload: { digest, method: approval.method },
    effects: [wrote('approval', { digest, person_id: person }), wrote('approval_request', { digest })],
  });
};
