import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';

/** One act on an order, as the ledger has it. */
export interface OrderEvent {
  readonly id: string;
  readonly at: UtcInstant;
  readonly actor: string;
  readonly type: string;
}

const most = 200;

/** Who did what to an order, newest first: every act on it vouches for its row. */
export const orderHistory = async (db: Db, orderId: string): Promise<readonly OrderEvent[]> =>
  (
    await sql<OrderEvent>`
      select event.id, event.entry::jsonb ->> 'at' as at, event.entry::jsonb ->> 'actor' as actor,
             event.entry::jsonb ->> 'type' as type
        from ledger.event
       where event.id in (select event_id from ledger.effect where table_name = 'provider.disclosure_order'
                             and row_key = jsonb_build_object('order_id', ${orderId}::text)::text)
       order by event.seq desc limit ${most}`.execute(db)
  ).rows;
