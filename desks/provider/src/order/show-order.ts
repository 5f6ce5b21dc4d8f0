import type { OrderDocument, OrderState } from '@tutela/attribution/exchange';
import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { findOrder, type ListedOrder, listAnswers, listOrders, senderOf } from '../queries/orders.js';
import { stateOf } from './order-state.js';

/** An order in a list: who asked, how it stands, how much of it was nearly asked before. */
export interface OrderLine {
  readonly orderId: string;
  readonly agency: string;
  readonly reference: string;
  readonly state: OrderState['state'];
  readonly receivedAt: UtcInstant;
  readonly expiresAt: UtcInstant;
  readonly nearDuplicates: number;
}

export const orderLine = (order: ListedOrder, at: UtcInstant): OrderLine => ({
  orderId: order.order_id,
  agency: order.agency,
  reference: order.reference,
  state: stateOf(order, at).state,
  receivedAt: order.received_at,
  expiresAt: order.expires_at,
  nearDuplicates: order.near_duplicates ?? 0,
});

export const ordersShown = async (db: Db, at: UtcInstant, limit: number): Promise<readonly OrderLine[]> =>
  (await listOrders(db, limit)).map((order) => orderLine(order, at));

/**
 * What a clerk reads of an order before putting it up, and what came of it: the order's words, how much it asks, each
 * outcome. Of answers the outcome and nothing else; handles and identities go to the agency alone.
 */
export const orderShown = async (db: Db, orderId: string, at: UtcInstant): Promise<JsonObject | undefined> => {
  const row = await findOrder(db, orderId);
  if (row === undefined) return undefined;
  const order = JSON.parse(row.document) as OrderDocument;
  const { issuedBy, issuedAt, purpose, offence, documentSha256, disclose, qualified, maxCandidates, together } = order;
  const [answers, sender] = await Promise.all([listAnswers(db, orderId), senderOf(db, row.agency_id)]);
  return {
    ...(stateOf(row, at) as unknown as JsonObject),
    issuedBy,
    issuedAt,
    purpose,
    offence,
    documentSha256,
    disclose,
    qualified,
    maxCandidates,
    together,
    scope: order.scope.map((window) => ({ ...window })),
    observations: order.observations.length,
    withoutPort: order.observations.filter(({ port }) => port === undefined).length,
    clockUnknown: order.observations.filter(({ clock }) => clock.errorSeconds === 'unknown').length,
    transcribed: order.observations.filter(({ entry }) => entry === 'transcribed').length,
    authenticity: { agencyId: row.agency_id, agency: sender.name, credentialIssuedAt: sender.issued_at },
    answers: answers.map(({ answer_id, outcome, record_sha256 }) => ({
      answerId: answer_id,
      outcome,
      recordSha256: record_sha256,
    })),
  };
};
