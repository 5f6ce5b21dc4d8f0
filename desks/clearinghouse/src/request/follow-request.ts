import { type Clock, done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { written } from '../referral/tell.js';
import { deadlinesOf } from './clock.js';
import { requestSubject } from './make-request.js';
import {
  changeDeadline,
  changeRequest,
  type DeadlineRow,
  deadlinesOfRequest,
  dueDeadlines,
  insertDeadlines,
  lockRequest,
  type RequestId,
  type RequestRow,
} from './queries.js';

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
}

const program = 'clearinghouse/deadlines';

export type FollowFault = 'request-unknown' | 'not-a-draft' | 'not-awaited';

/** A person has sent it: its clocks start now. */
export const noteRequestSent = (
  { db, clock }: Deps,
  { requestId, receipt, by }: { readonly requestId: RequestId; readonly receipt: string; readonly by: string },
): Promise<Outcome<RequestRow, FollowFault>> =>
  inTransaction(db, async (tx) => {
    const request = await lockRequest(tx, requestId);
    if (request === undefined) return refused('request-unknown', `there is no request ${requestId}`);
    if (request.state !== 'draft') return refused('not-a-draft', `request ${requestId} is ${request.state}`);
    const at = clock.now();
    const change = { state: 'sent', sent_at: at, sent_by: by, receipt } as const;
    const deadlines = deadlinesOf(request.record, request.record.preservationDays, at);
    await changeRequest(tx, requestId, change);
    await insertDeadlines(tx, requestId, deadlines);
    await tell(tx, requestId, { act: 'request-sent', by, at, payload: { receipt }, deadlines });
    return done({ ...request, ...change });
  });

/** What came of it. An answer ends the wait for a reply; what is preserved stays so until its own time ends. */
export const settleRequest = (
  { db, clock }: Deps,
  asked: {
    readonly requestId: RequestId;
    readonly state: 'answered' | 'refused' | 'withdrawn';
    readonly note: string;
    readonly by: string;
  },
): Promise<Outcome<RequestRow, FollowFault>> =>
  inTransaction(db, async (tx) => {
    const { requestId, state, note, by } = asked;
    const request = await lockRequest(tx, requestId);
    if (request === undefined) return refused('request-unknown', `there is no request ${requestId}`);
    const awaited = request.state === 'sent' || (request.state === 'draft' && state === 'withdrawn');
    if (!awaited) return refused('not-awaited', `request ${requestId} is ${request.state}`);
    const at = clock.now();
    const change = { state, settled_at: at, settled_by: by, note } as const;
    await changeRequest(tx, requestId, change);
    const ended = (await deadlinesOfRequest(tx, requestId)).filter(
      (one) => one.state === 'running' && (one.kind === 'reply' || state !== 'answered'),
    );
    for (const deadline of ended) await changeDeadline(tx, deadline, { state: 'met' });
    await tell(tx, requestId, { act: `request-${state}`, by, at, payload: { note }, deadlines: ended });
    return done({ ...request, ...change });
  });

interface Told {
  readonly act: string;
  readonly by: string;
  readonly at: UtcInstant;
  readonly payload: Readonly<Record<string, string>>;
  readonly deadlines: readonly Pick<DeadlineRow, 'kind'>[];
}

const tell = async (tx: Tx, request_id: RequestId, { act, by, at, payload, deadlines }: Told): Promise<void> => {
  await appendEvent(tx, {
    type: `clearinghouse.${act}`,
    actor: by,
    at,
    subjects: [requestSubject(request_id)],
    payload,
    effects: [
      written('request', { request_id }),
      ...deadlines.map(({ kind }) => written('request_deadline', { request_id, kind })),
    ],
  });
};

const atOnce = 100;

/**
 * A chore: notes of whom has to be reminded and what is over. A deadline that passes is a finding for a person; where
 * preservation ends the request has expired.
 * @returns how many deadlines moved
 */
export const remindDeadlines = ({ db, clock }: Deps): Promise<number> =>
  inTransaction(db, async (tx) => {
    const now = clock.now();
    const due = await dueDeadlines(tx, now, atOnce);
    for (const deadline of due) {
      const { request_id, kind, at } = deadline;
      const over = at <= now;
      await changeDeadline(tx, deadline, over ? { state: 'passed' } : { reminded_at: now });
      if (over && kind === 'preservation-ends') await changeRequest(tx, request_id, { state: 'expired' });
      const act = over ? 'request-deadline-passed' : 'request-deadline-near';
      await tell(tx, request_id, { act, by: program, at: now, payload: { kind, deadline: at }, deadlines: [{ kind }] });
    }
    return due.length;
  });
