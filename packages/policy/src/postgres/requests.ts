import { done, type JsonObject, type Outcome, refused, toInstant, type UtcInstant } from '@tutela/core';
import type { Approval, Refusal } from '../approval/approval.js';
import type { PersonId } from '../approval/person.js';
import { type ApprovalRequest, type RequestDigest, requestDigest, requestText } from '../approval/request.js';
import { ownActions, peopleNeeded } from '../approval/rules.js';
import { PolicyError } from '../policy-error.js';
import { isHere } from './people.js';
import { recordAct, wrote } from './record-act.js';
import { type AnyDb, policyTables, type Tx } from './tables.js';

export interface NewRequest {
  readonly action: string;
  readonly caseRef?: string;
  readonly requestedBy: PersonId;
  readonly about?: readonly PersonId[];
  readonly reason: string;
  readonly content: JsonObject;
  readonly at: UtcInstant;
  /** Until it expires, 1 to 72. Default 24. */
  readonly hours?: number;
}

export interface RequestState {
  readonly digest: RequestDigest;
  readonly request: ApprovalRequest;
  readonly state: 'open' | 'refused' | 'used';
  /** People besides the requester who have to approve. */
  readonly needed: number;
  readonly approvals: readonly Approval[];
  /** Who refused it. */
  readonly refusedBy?: PersonId;
  /** Why, in their words. */
  readonly refusedBecause?: string;
}

/**
 * Puts up what others are to approve. The requester is somebody who is enrolled.
 * @throws PolicyError `invalid` for acts of this package, which are asked for by functions of their own
 */
export const requestApproval = (tx: Tx, asked: NewRequest): ReturnType<typeof openRequest> => {
  if (ownActions.has(asked.action)) throw new PolicyError('invalid', `${asked.action} is not asked for like this`);
  return openRequest(tx, asked);
};

/** The same for every action. */
export const openRequest = async (
  tx: Tx,
  { at, hours = 24, ...asked }: NewRequest,
): Promise<Outcome<RequestState, 'person-unknown' | 'too-long'>> => {
  if (!(hours > 0 && hours <= 72)) return refused('too-long', 'an approval is asked for within 72 hours');
  if ((await isHere(tx, asked.requestedBy)) === 'not-here')
    return refused('person-unknown', `${asked.requestedBy} is nobody here, and cannot ask`);
  const expiresAt = toInstant(new Date(Date.parse(at) + hours * 3_600_000));
  const request: ApprovalRequest = { v: 1, id: crypto.randomUUID(), ...asked, requestedAt: at, expiresAt };
  const digest = await requestDigest(request);
  await policyTables(tx)
    .insertInto('policy.approval_request')
    .values({
      digest,
      request_id: request.id,
      action: request.action,
      case_ref: request.caseRef ?? null,
      requested_by: request.requestedBy,
      requested_at: at,
      expires_at: expiresAt,
      document: requestText(request),
      settled_at: null,
      settled_by: null,
    })
    .execute();
  await recordAct(tx, {
    type: 'policy.approval-requested',
    by: request.requestedBy,
    at,
    subjects: [digest],
    caseRef: request.caseRef,
    payload: { action: request.action, digest },
    effects: [wrote('approval_request', { digest })],
  });
  return done({ digest, request, state: 'open', needed: peopleNeeded(request.action), approvals: [] });
};

export const findRequest = async (db: AnyDb, digest: RequestDigest): Promise<RequestState | undefined> => {
  const row = await policyTables(db)
    .selectFrom('policy.approval_request')
    .select(['digest', 'document', 'state', 'action'])
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row && stateOf(db, row);
};

/** The same, held until the transaction ends, so that of two who settle it one waits for the other. */
export const holdRequest = async (tx: Tx, digest: RequestDigest): Promise<RequestState | undefined> => {
  await policyTables(tx)
    .selectFrom('policy.approval_request')
    .select('digest')
    .where('digest', '=', digest)
    .forUpdate()
    .execute();
  return findRequest(tx, digest);
};

export interface RequestsAsked {
  /** `open`: those that still wait at `at`. */
  readonly state: 'open' | 'all';
  readonly at: UtcInstant;
  readonly limit: number;
  /** Those of one action in one case. */
  readonly of?: { readonly action: string; readonly caseRef: string };
}

/** Newest first. */
export const listRequests = async (db: AnyDb, asked: RequestsAsked): Promise<readonly RequestState[]> => {
  let query = policyTables(db)
    .selectFrom('policy.approval_request')
    .select(['digest', 'document', 'state', 'action'])
    .orderBy('requested_at', 'desc')
    .orderBy('digest')
    .limit(asked.limit);
  if (asked.state === 'open') query = query.where('state', '=', 'open').where('expires_at', '>', asked.at);
  if (asked.of !== undefined)
    query = query.where('action', '=', asked.of.action).where('case_ref', '=', asked.of.caseRef);
  const rows = await query.execute();
  return Promise.all(rows.map((row) => stateOf(db, row)));
};

/** Digests that begin so, two at most: whoever names one by its beginning means one. */
export const requestsBeginning = async (db: AnyDb, beginning: string): Promise<readonly RequestDigest[]> => {
  if (!/^[0-9a-f]{1,64}$/.test(beginning)) return [];
  const rows = await policyTables(db)
    .selectFrom('policy.approval_request')
    .select('digest')
    .where('digest', 'like', `${beginning}%` as RequestDigest)
    .limit(2)
    .execute();
  return rows.map(({ digest }) => digest);
};

interface RequestRow {
  readonly digest: RequestDigest;
  readonly document: string;
  readonly state: RequestState['state'];
  readonly action: string;
}

const stateOf = async (db: AnyDb, { digest, document, state, action }: RequestRow): Promise<RequestState> => {
  const words = await policyTables(db)
    .selectFrom('policy.approval')
    .select(['word', 'person_id', 'document'])
    .where('digest', '=', digest)
    .orderBy('at')
    .orderBy('person_id')
    .execute();
  const approvals = words.flatMap((row) => (row.word === 'approves' ? [JSON.parse(row.document) as Approval] : []));
  const refusal = words.find(({ word }) => word === 'refuses')?.document;
  const request = JSON.parse(document) as ApprovalRequest;
  const asked = { digest, request, state, needed: peopleNeeded(action), approvals };
  if (refusal === undefined) return asked;
  const { person, reason } = JSON.parse(refusal) as Refusal;
  return { ...asked, refusedBy: person, refusedBecause: reason };
};
