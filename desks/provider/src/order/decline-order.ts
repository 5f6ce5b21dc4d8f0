import { done, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { orderDeclinedEvent } from '../events.js';
import { lockOrder, settleOrder } from '../queries/orders.js';
import type { OrderDeps } from './order-deps.js';

/** Turns an order down; its agency is told why. Nothing was read for it. */
export const declineOrder = async (
  { db, clock }: Pick<OrderDeps, 'db' | 'clock'>,
  orderId: string,
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<Outcome<'declined', 'order-unknown' | 'order-settled'>> =>
  await inTransaction(db, async (tx) => {
    const row = await lockOrder(tx, orderId);
    if (row === undefined) return refused('order-unknown', 'there is no such order');
    if (row.state !== 'received') return refused('order-settled', `the order is ${row.state}`);
    const at = clock.now();
    await settleOrder(tx, orderId, { state: 'declined', at, reason });
    await appendEvent(tx, orderDeclinedEvent(orderId, by, at));
    return done('declined');
  });
