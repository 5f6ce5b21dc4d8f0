import { createHash } from 'node:crypto';
import type { AnswerDocument, OrderDocument, OrderState } from '@tutela/attribution/exchange';
import { type Clock, type Outcome, toInstant, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import { type ExchangeAddress, type ExchangeFault, getAnswers, getOrderState, postOrder } from './exchange-client.js';
import { changeOrder, dueOrders, findOrder, findProvider, insertAnswer, lockOrder, type OrderRow } from './queries.js';
import type { OrderId } from './schema.js';
import { carryJob } from './send-order.js';
import { tellOrder, written } from './tell.js';

export interface CarryDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** What the provider issued, from the operator's own files, never the database; `undefined`: there is none yet. */
  readonly credentialOf: (providerId: string) => Promise<string | undefined>;
  readonly log: (line: string) => void;
}

const program = 'tutela';
/** Between looks at an order that waits for two people over there. */
const lookMs = 15_000;
const longestMs = 3_600_000;

/**
 * Takes an order one step further: hands it over, looks how it stands, fetches what was released. May run twice or be cut
 * off anywhere: the provider knows the order by its digest, and a row moves on in one transaction.
 */
export const carryOrder = async (deps: CarryDeps, orderId: OrderId): Promise<void> => {
  const order = await findOrder(deps.db, orderId);
  if (order === undefined || (order.state !== 'sending' && order.state !== 'waiting')) return;
  const address = await addressOf(deps, order.provider_id);
  if (address === undefined) {
    deps.log(`order ${orderId}: there is no credential for ${order.provider_id}`);
    return await later(deps, order);
  }
  const remote = order.remote_order_id;
  const state = remote === null ? await postOrder(address, order.document) : await getOrderState(address, remote);
  if (state.kind !== 'done') return await troubled(deps, order, state);
  if (state.value.orderSha256 !== order.sha256) {
    deps.log(`order ${orderId}: the provider speaks of another order`);
    return await later(deps, order);
  }
  if (state.value.state !== 'released') return await noted(deps, order, state.value);
  const answers = await getAnswers(address, state.value.orderId);
  if (answers.kind !== 'done') return await troubled(deps, order, answers);
  const { document, bytes } = answers.value;
  if (!isAnswerTo(order, document)) {
    deps.log(`order ${orderId}: the answers are to another order`);
    return await later(deps, order);
  }
  await attach(deps, order, { state: state.value, document, bytes });
};

const addressOf = async ({ db, credentialOf }: CarryDeps, providerId: string): Promise<ExchangeAddress | undefined> => {
  const baseUrl = (await findProvider(db, providerId))?.exchange_url ?? undefined;
  const credential = baseUrl === undefined ? undefined : await credentialOf(providerId);
  return baseUrl === undefined || credential === undefined ? undefined : { baseUrl, credential };
};

/** The answers name the order, and are one for each observation. */
const isAnswerTo = (order: OrderRow, { orderSha256, answers }: AnswerDocument): boolean =>
  orderSha256 === order.sha256 && answers.length === (JSON.parse(order.document) as OrderDocument).observations.length;

/** In one transaction, if nobody else has moved the order since it was read. */
const move = async (
  deps: CarryDeps,
  order: OrderRow,
  act: (tx: Tx, at: UtcInstant) => Promise<void>,
): Promise<void> => {
  await inTransaction(deps.db, async (tx) => {
    const now = await lockOrder(tx, order.order_id);
    if (now?.state === order.state && now.attempt === order.attempt) await act(tx, deps.clock.now());
  });
};

const later = (deps: CarryDeps, order: OrderRow): Promise<void> =>
  move(deps, order, async (tx, at) => {
    const wait = Math.min(longestMs, 2000 * 2 ** Math.min(order.attempt, 20));
    await changeOrder(tx, order.order_id, { attempt: order.attempt + 1, next_at: after(at, wait) });
  });

const after = (at: UtcInstant, ms: number): UtcInstant => toInstant(new Date(Date.parse(at) + ms));

const troubled = async (
  deps: CarryDeps,
  order: OrderRow,
  outcome: Exclude<Outcome<unknown, ExchangeFault>, { kind: 'done' }>,
): Promise<void> => {
  const { code, message } = outcome.reason;
  if (code !== 'turned-down') return await later(deps, order);
  await move(deps, order, (tx, at) => settle(tx, order, 'refused', message, at));
};

/** What a provider says of an order that it has and has not answered. */
const noted = (deps: CarryDeps, order: OrderRow, state: OrderState): Promise<void> =>
  move(deps, order, async (tx, at) => {
    if (state.state === 'declined' || state.state === 'expired')
      return await settle(tx, order, state.state, state.reason ?? state.state, at);
    const next = { attempt: order.attempt + 1, next_at: after(at, lookMs) };
    if (order.state === 'waiting') return await changeOrder(tx, order.order_id, next);
    await changeOrder(tx, order.order_id, { ...next, state: 'waiting', sent_at: at, remote_order_id: state.orderId });
    const { case_ref: caseRef, order_id: orderId } = order;
    const payload = { provider: order.provider_id, sha256: order.sha256, remoteOrder: state.orderId };
    await tellOrder(tx, { type: 'order-sent', caseRef, orderId, by: program, at, payload });
  });

const settle = async (
  tx: Tx,
  { order_id: orderId, case_ref: caseRef }: OrderRow,
  state: 'declined' | 'expired' | 'refused',
  reason: string,
  at: UtcInstant,
): Promise<void> => {
  await changeOrder(tx, orderId, { state, settled_at: at, reason, next_at: null });
  await tellOrder(tx, { type: `order-${state}`, caseRef, orderId, by: program, at, payload: { reason } });
};

/** Keeps the answers byte for byte; the event counts outcomes and names nobody. */
const attach = (
  deps: CarryDeps,
  order: OrderRow,
  { state, document, bytes }: { readonly state: OrderState; readonly document: AnswerDocument; readonly bytes: Buffer },
): Promise<void> =>
  move(deps, order, async (tx, at) => {
    const { order_id, case_ref } = order;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await insertAnswer(tx, { order_id, case_ref, document: bytes, sha256, received_at: at });
    const sent = { sent_at: order.sent_at ?? at, remote_order_id: state.orderId };
    await changeOrder(tx, order_id, { ...sent, state: 'answered', settled_at: at, next_at: null });
    const outcomes: Record<string, number> = {};
    for (const { released } of document.answers) outcomes[released.outcome] = (outcomes[released.outcome] ?? 0) + 1;
    await tellOrder(tx, {
      type: 'order-answered',
      caseRef: case_ref,
      orderId: order_id,
      by: program,
      at,
      payload: { provider: order.provider_id, answers: sha256, outcomes },
      more: [written('order_answer', { order_id }, ['case_ref', 'document', 'sha256', 'received_at'])],
    });
  });

/** Starts what is due: the next attempt, or the next look. */
export const sweepOrders = async (
  deps: CarryDeps & { readonly engine: () => Pick<Engine, 'start'> },
): Promise<void> => {
  for (const order of await dueOrders(deps.db, deps.clock.now()))
    await inTransaction(deps.db, (tx) => deps.engine().start(tx, carryJob(order)));
};
