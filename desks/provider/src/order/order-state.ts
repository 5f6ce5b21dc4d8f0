import { type OrderState, orderStateFormat } from '@tutela/attribution/exchange';
import type { UtcInstant } from '@tutela/core';
import type { OrderTable } from '../schema.js';

/** Where an order stands at a moment, as its agency is told. */
export const stateOf = (order: Omit<OrderTable, 'document'>, at: UtcInstant): OrderState => ({
  format: orderStateFormat,
  orderId: order.order_id,
  orderSha256: order.sha256,
  reference: order.reference,
  state: order.state === 'received' && at > order.expires_at ? 'expired' : order.state,
  receivedAt: order.received_at,
  expiresAt: order.expires_at,
  ...(order.settled_at === null ? {} : { settledAt: order.settled_at }),
  ...(order.reason === null ? {} : { reason: order.reason }),
});
