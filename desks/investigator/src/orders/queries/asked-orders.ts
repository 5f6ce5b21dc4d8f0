import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { OrderId, OrderState } from '../schema.js';

/** An order that asks a provider, with how many observations. */
export interface AskedOrder {
  readonly orderId: OrderId;
  readonly state: OrderState;
  readonly draftedAt: UtcInstant;
  readonly observations: number;
}

/** Of a case and a provider, the oldest first; what was turned down asks nothing. */
export const listAskedOrders = async (
  db: Db,
  { caseRef, providerId }: { readonly caseRef: string; readonly providerId: string },
): Promise<readonly AskedOrder[]> => {
  const { rows } = await sql<AskedOrder>`
    select order_id as "orderId", state, drafted_at as "draftedAt",
           (select count(*)::int from investigator.order_observation asked
             where asked.order_id = provider_order.order_id) as observations
      from investigator.provider_order
     where case_ref = ${caseRef} and provider_id = ${providerId} and state not in ('declined', 'expired', 'refused')
     order by drafted_at, order_id`.execute(db);
  return rows;
};
