import { createHash, randomUUID } from 'node:crypto';
import {
  type AnswerDocument,
  answerDocumentFormat,
  type OrderDocument,
  readAnswerDocument,
} from '@tutela/attribution/exchange';
import { canonicalJson, done, type JsonObject, type JsonValue, type Outcome, refused } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import type { RequestDigest } from '@tutela/policy';
import { type ConsumeFault, consumeApproval, readSite } from '@tutela/policy/postgres';
import { answerEvent, orderReleasedEvent } from '../events.js';
import { discloseIdentity } from '../identity/resolve-handle.js';
import { ProviderError } from '../provider-error.js';
import { findRelease, insertAnswers, insertPlan, insertRelease, lockOrder, settleOrder } from '../queries/orders.js';
import type { AnswerTable, OrderTable } from '../schema.js';
import { answerAll, questionsOf } from './answer-questions.js';
import type { OrderDeps } from './order-deps.js';
import { planDocument, planFor } from './plan-parts.js';

/** The action that people approve. */
export const releaseAction = 'order.release';

/** What they approve: this very order and how much of whom it discloses. No address stands here. */
export const releaseContent = ({ order_id, sha256, document }: OrderTable): JsonObject => {
  const order = JSON.parse(document) as OrderDocument;
  const { issuedBy, purpose, offence, disclose, qualified, maxCandidates, together, documentSha256 } = order;
  return {
    orderId: order_id,
    orderSha256: sha256,
    documentSha256,
    issuedBy,
    purpose,
    offence,
    disclose,
    qualified,
    maxCandidates,
    together,
    observations: order.observations.length,
    expiresAt: order.expiresAt,
  };
};

export interface Release {
  readonly when: 'now' | 'before';
  /** Without identities: they are fetched by the agency, not shown here. */
  readonly document: AnswerDocument;
  readonly identities: number;
}

export interface ReleaseAsked {
  readonly approval: RequestDigest;
  readonly by: string;
}

export type ReleaseFault = 'order-unknown' | 'order-declined' | 'order-expired' | ConsumeFault;

/**
 * Answers an order that two people approved: order, approval, expiry and scope are checked before any segment is opened,
 * and answers, identities and events are one transaction. Once: asked again, it gives what it gave.
 */
export const releaseOrder = async (
  deps: OrderDeps,
  orderId: string,
  asked: ReleaseAsked,
): Promise<Outcome<Release, ReleaseFault>> => await inTransaction(deps.db, (tx) => releaseIn(deps, tx, orderId, asked));

/** The same, in a transaction of somebody else's. */
export const releaseIn = async (
  deps: OrderDeps,
  tx: Tx,
  orderId: string,
  { approval, by }: ReleaseAsked,
): Promise<Outcome<Release, ReleaseFault>> => {
  const row = await lockOrder(tx, orderId);
  if (row === undefined) return refused('order-unknown', 'there is no such order');
  if (row.state === 'declined') return refused('order-declined', 'the order was declined');
  const before = await findRelease(tx, orderId);
  if (before !== undefined)
    return done({ when: 'before', document: JSON.parse(before.document) as AnswerDocument, identities: 0 });
  const at = deps.clock.now();
  if (at > row.expires_at) return refused('order-expired', 'the order has expired');
  const content = releaseContent(row);
  const use = { digest: approval, action: releaseAction, caseRef: undefined, content, by, at };
  const used = await consumeApproval(tx, await readSite(tx), use);
  if (used.kind !== 'done') return used;
  return done(await answer(deps, tx, row, { approval, by, at }));
};

const answer = async (
  deps: OrderDeps,
  tx: Tx,
  row: OrderTable,
  { approval, by, at }: { readonly approval: string; readonly by: string; readonly at: OrderTable['received_at'] },
): Promise<Release> => {
  const order = JSON.parse(row.document) as OrderDocument;
  const questions = questionsOf(row.order_id, order, at);
  const parts = await planFor(tx, questions.admitted);
  const plan = planDocument(parts);
  const { answers, together } = answerAll(deps, questions, parts, at);
  const rows = answers.map(
    ({ released, record, sha256 }, ordinal): AnswerTable => ({
      answer_id: randomUUID(),
      order_id: row.order_id,
      ordinal,
      plan_sha256: plan.sha256,
      asked_at: at,
      outcome: released.outcome,
      record,
      record_sha256: sha256,
    }),
  );
  const document = checked({
    format: answerDocumentFormat,
    orderId: row.order_id,
    orderSha256: row.sha256,
    reference: row.reference,
    releasedAt: at,
    answers: answers.map(({ released, sha256 }, ordinal) => ({
      answerId: rows[ordinal]?.answer_id,
      recordSha256: sha256,
      released,
    })),
    together,
    identities: [],
  });
  await insertPlan(tx, plan.sha256, plan.text);
  await insertAnswers(tx, rows);
  const text = canonicalJson(document as JsonValue);
  const release = {
    order_id: row.order_id,
    document: text,
    sha256: createHash('sha256').update(text).digest('hex'),
    approval,
    released_at: at,
  };
  await insertRelease(tx, release);
  await settleOrder(tx, row.order_id, { state: 'released', at, reason: null });
  let identities = 0;
  for (const handle of order.disclose === 'identity' ? handlesIn(document) : []) {
    if ((await discloseIdentity(tx, row.order_id, handle, at)) !== undefined) identities++;
  }
  await appendEvents(tx, [...rows.map((each) => answerEvent(each, by)), orderReleasedEvent(release, identities, by)]);
  return { when: 'now', document, identities };
};

/** Handles that the order lets out, each of exactly one candidate. */
const handlesIn = ({ answers, together }: AnswerDocument): readonly string[] => {
  const told = [...answers.map(({ released }) => released), ...(together === undefined ? [] : [together])].flatMap(
    (each) => ('subscriber' in each && each.subscriber !== 'withheld' ? [each.subscriber] : []),
  );
  return [...new Set(told)].sort();
};

/** The closed shape of the exchange is the last gate: what has no place in it does not leave. */
const checked = (value: object): AnswerDocument => {
  const read = readAnswerDocument(JSON.parse(JSON.stringify(value)));
  if (read.kind !== 'done') throw new ProviderError('answer-misshapen', 'an answer has no form of the exchange');
  return read.value;
};
