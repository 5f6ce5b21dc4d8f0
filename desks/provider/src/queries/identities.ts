import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { type CustomerTable, identityTables } from '../schema.js';

/** The newest word on a customer stands. */
export const putCustomer = async (tx: Tx, row: CustomerTable): Promise<void> => {
  const { handle, ...rest } = row;
  await identityTables(tx)
    .insertInto('provider_identity.customer')
    .values({ handle, ...rest })
    .onConflict((conflict) => conflict.column('handle').doUpdateSet(rest))
    .execute();
};

/** One handle at a time; there is no way to list or search. */
export const findCustomer = async (tx: Tx, handle: string): Promise<CustomerTable | undefined> =>
  await identityTables(tx)
    .selectFrom('provider_identity.customer')
    .selectAll()
    .where('handle', '=', handle)
    .executeTakeFirst();

export const insertDisclosure = async (
  tx: Tx,
  row: {
    readonly order_id: string;
    readonly handle: string;
    readonly document: string;
    readonly disclosed_at: UtcInstant;
  },
): Promise<void> => {
  await identityTables(tx).insertInto('provider_identity.disclosure').values(row).execute();
};

/** What was told under an order, in the words in which it was. */
export const disclosuresOf = async (db: Db, orderId: string): Promise<readonly string[]> => {
  const rows = await identityTables(db)
    .selectFrom('provider_identity.disclosure')
    .select('document')
    .where('order_id', '=', orderId)
    .orderBy('handle')
    .execute();
  return rows.map(({ document }) => document);
};
