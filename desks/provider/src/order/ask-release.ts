import { done, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import type { PersonId } from '@tutela/policy';
import { type RequestState, requestApproval } from '@tutela/policy/postgres';
import { lockOrder } from '../queries/orders.js';
import type { OrderDeps } from './order-deps.js';
import { releaseAction, releaseContent } from './release-order.js';

/** Puts an order up for approval: two others approve its very digest. */
export const askRelease = async (
  { db, clock }: Pick<OrderDeps, 'db' | 'clock'>,
  orderId: string,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<
  Outcome<RequestState, 'order-unknown' | 'order-settled' | 'order-expired' | 'person-unknown' | 'too-long'>
> =>
  await inTransaction(db, async (tx) => {
    const row = await lockOrder(tx, orderId);
    if (row === undefined) return refused('order-unknown', 'there is no such order');
    if (row.state !== 'received') return refused('order-settled', `the order is ${row.state}`);
    const at = clock.now();
    if (at > row.expires_at) return refused('order-expired', 'the order has expired');
    const requestedBy = by as PersonId;
    const asked = { action: releaseAction, requestedBy, reason, content: releaseContent(row), at };
    const request = await requestApproval(tx, asked);
    return request.kind === 'done' ? done(request.value) : request;
  });
