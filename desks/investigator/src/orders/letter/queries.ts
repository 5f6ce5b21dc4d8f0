import type { Db, Tx } from '@tutela/db';
import type { Insertable, Selectable } from 'kysely';
import type { OrderId, OrderPostingTable, OrderTables } from '../schema.js';

const tables = (db: Db | Tx) => db.withTables<OrderTables>();

/** @returns `undefined` where it was noted before */
export const insertPosting = (tx: Tx, row: Insertable<OrderPostingTable>) =>
  tables(tx)
    .insertInto('investigator.order_posting')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('order_id')
    .executeTakeFirst();

export const findPosting = (db: Db | Tx, orderId: OrderId): Promise<Selectable<OrderPostingTable> | undefined> =>
  tables(db).selectFrom('investigator.order_posting').selectAll().where('order_id', '=', orderId).executeTakeFirst();
