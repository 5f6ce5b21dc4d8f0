import { done, type Outcome, refused } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { lockOrder, type OrderRow } from '../queries.js';
import type { OrderId } from '../schema.js';

export type LetterFault = 'unknown-order' | 'not-a-letter' | 'not-waiting';

/** An approved order to a provider without Tutela, not answered yet; held until the transaction ends. */
export const waitingLetter = async (tx: Tx, orderId: OrderId): Promise<Outcome<OrderRow, LetterFault>> => {
  const order = await lockOrder(tx, orderId);
  if (order === undefined) return refused('unknown-order', `there is no order ${orderId}`);
  if (order.way !== 'letter') return refused('not-a-letter', 'its provider answers over the exchange');
  if (order.state !== 'waiting') return refused('not-waiting', `order ${orderId} is ${order.state}`);
  return done(order);
};
