import { canonicalJson, done, type JsonObject, type Outcome, refused } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import type { ApprovalRequest, RequestDigest } from '../approval/request.js';
import type { ApprovalSite } from '../approval/rules.js';
import { type ApprovalFault, verifyApprovals } from '../approval/verify-approvals.js';
import { listPeople } from './people.js';
import { type By, recordAct, wrote } from './record-act.js';
import { holdRequest } from './requests.js';
import { policyTables, type Tx } from './tables.js';

export type ConsumeFault =
  | ApprovalFault
  | 'unknown-request'
  | 'refused'
  | 'used-already'
  | 'other-action'
  | 'other-case'
  | 'other-content';

export interface Use extends By {
  readonly digest: RequestDigest;
  readonly action: string;
  readonly caseRef?: string | undefined;
  /** What the effect is about to do; it has to be what was approved, member by member. */
  readonly content: JsonObject;
}

export interface Consumed {
  readonly request: ApprovalRequest;
  readonly people: readonly PersonId[];
}

/**
 * Uses an approval, in the transaction of its effect: once, for the action, the case and the content that were approved.
 * The signatures are verified again, by people and with keys that still count now.
 */
export const consumeApproval = async (
  tx: Tx,
  site: ApprovalSite,
  { digest, action, caseRef, content, by, at }: Use,
): Promise<Outcome<Consumed, ConsumeFault>> => {
  const held = await holdRequest(tx, digest);
  if (held === undefined) return refused('unknown-request', 'nobody asked for this');
  const { request, approvals, needed, state } = held;
  if (state === 'refused') return refused('refused', 'the request was refused');
  if (state === 'used') return refused('used-already', 'the approval was used already');
  if (request.action !== action) return refused('other-action', `what was approved is ${request.action}`);
  if (request.caseRef !== caseRef) return refused('other-case', 'what was approved is about another case');
  if (canonicalJson(request.content) !== canonicalJson(content))
    return refused('other-content', 'what was approved differs from what is to be done');
  // The moment is not under the signatures: each is judged as if it were given now, so that one expires with its
  // request and goes with its key.
  const now = approvals.map((approval) => ({ ...approval, at }));
  const verified = await verifyApprovals(request, now, await listPeople(tx), { people: needed, ...site });
  if (verified.kind !== 'done') return verified;
  await policyTables(tx)
    .updateTable('policy.approval_request')
    .set({ state: 'used', settled_at: at, settled_by: by })
    .where('digest', '=', digest)
    .execute();
  const { people } = verified.value;
  await recordAct(tx, {
    type: 'policy.approval-used',
    by,
    at,
    subjects: [digest],
    caseRef,
    payload: { action, digest, people },
    effects: [wrote('approval_request', { digest })],
  });
  return done({ request, people });
};
