import { sql, type Transaction } from 'kysely';

/** Until the transaction ends nobody else gives this case a key, a hold or an order to shred. */
export const lockCase = async (tx: Transaction<unknown>, caseRef: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('vault.case ' || ${caseRef}::text, 0))`.execute(tx);
};
