import { createHash, randomUUID } from 'node:crypto';
import type { Observation } from '@tutela/attribution';
import {
  type ExchangeProblem,
  type OrderDocument,
  type OrderState,
  orderDigest,
  readOrderDocument,
} from '@tutela/attribution/exchange';
import { canonicalJson, type JsonValue, toInstant, type UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { orderReceivedEvent, orderTurnedAwayEvent } from '../events.js';
import {
  countNearDuplicates,
  countOrdersSince,
  findSameOrder,
  insertOrder,
  type NewQuestion,
} from '../queries/orders.js';
import type { OrderDeps } from './order-deps.js';
import { stateOf } from './order-state.js';
import { readAsked } from './read-asked.js';

export type Received =
  | { readonly kind: 'received'; readonly when: 'now' | 'before'; readonly state: OrderState }
  | { readonly kind: 'turned-away'; readonly status: 400 | 422 | 429; readonly problem: ExchangeProblem };

/**
 * Takes an order in. Everything that can be said of it without reading a log is said now, so that a question without a
 * zone comes back at once and not after two people have approved it.
 */
export const receiveOrder = async (deps: OrderDeps, agencyId: string, body: unknown): Promise<Received> => {
  const at = deps.clock.now();
  const read = readOrderDocument(body);
  if (read.kind !== 'done') return await turnAway(deps, agencyId, 400, { ...read.reason });
  const order = read.value;
  const sha256 = orderDigest(order);
  const before = await findSameOrder(deps.db, agencyId, sha256);
  if (before !== undefined) return { kind: 'received', when: 'before', state: stateOf(before, at) };
  if (order.expiresAt < at)
    return await turnAway(deps, agencyId, 422, { code: 'order-expired', message: 'the order has expired' });
  if (order.observations.length > deps.limits.observationsAnOrder)
    return await turnAway(deps, agencyId, 422, {
      code: 'too-many-observations',
      message: `at most ${deps.limits.observationsAnOrder} observations an order`,
    });
  const observations = order.observations.map(readAsked);
  const faults = observations.flatMap((one, place) => (one.kind === 'done' ? [] : [{ at: place, ...one.reason }]));
  if (faults.length > 0)
    return await turnAway(deps, agencyId, 422, {
      code: 'observations-refused',
      message: 'these observations cannot be asked about as they stand',
      observations: faults,
    });
  const questions = observations.flatMap((one) => (one.kind === 'done' ? [questionOf(one.value)] : []));
  return await inTransaction(deps.db, (tx) => keep(deps, tx, { agencyId, order, sha256, questions, at }));
};

const hour = 3_600_000;

const keep = async (
  { limits }: OrderDeps,
  tx: Tx,
  asked: {
    readonly agencyId: string;
    readonly order: OrderDocument;
    readonly sha256: string;
    readonly questions: readonly NewQuestion[];
    readonly at: UtcInstant;
  },
): Promise<Received> => {
  const { agencyId, order, sha256, questions, at } = asked;
  // Holds the agency's row: of the same order sent twice at once, the second finds the first.
  const lately = await countOrdersSince(tx, agencyId, toInstant(new Date(Date.parse(at) - hour)));
  const same = await findSameOrder(tx, agencyId, sha256);
  if (same !== undefined) return { kind: 'received', when: 'before', state: stateOf(same, at) };
  if (lately >= limits.ordersAnHour) {
    await appendEvent(tx, orderTurnedAwayEvent(agencyId, { 'too-many-orders': 1 }, at));
    const problem = { code: 'too-many-orders', message: `at most ${limits.ordersAnHour} orders an hour` };
    return { kind: 'turned-away', status: 429, problem };
  }
  const nearDuplicates = await countNearDuplicates(tx, questions, limits.nearDuplicateMs);
  const row = {
    order_id: randomUUID(),
    agency_id: agencyId,
    sha256,
    document: canonicalJson(order as JsonValue) as string,
    reference: order.reference,
    received_at: at,
    expires_at: order.expiresAt as UtcInstant,
    state: 'received',
    settled_at: null,
    reason: null,
  } as const;
  await insertOrder(tx, row, questions, nearDuplicates);
  await appendEvent(tx, orderReceivedEvent(row, { observations: questions.length, nearDuplicates }));
  return { kind: 'received', when: 'now', state: stateOf(row, at) };
};

const questionOf = ({ ip, port, from }: Observation): NewQuestion => ({
  key: createHash('sha256')
    .update(`${ip.text} ${port ?? ''}`)
    .digest('hex'),
  at_ms: from.at,
});

const turnAway = async (
  { db, clock }: OrderDeps,
  agencyId: string,
  status: 400 | 422,
  problem: ExchangeProblem,
): Promise<Received> => {
  const codes: Record<string, number> = {};
  for (const { code } of problem.observations ?? [problem]) codes[code] = (codes[code] ?? 0) + 1;
  await inTransaction(db, (tx) => appendEvent(tx, orderTurnedAwayEvent(agencyId, codes, clock.now())));
  return { kind: 'turned-away', status, problem };
};
