import type { Tx } from '@tutela/db';
import { CompiledQuery } from 'kysely';
import type { ClientBase } from 'pg';

/** The one call of a `pg` client that the engine makes, answered by a Kysely transaction. */
export const transactionClient = (tx: Tx): ClientBase => {
  const query = async (text: string, values?: unknown[]) => {
    const { rows, numAffectedRows } = await tx.executeQuery(CompiledQuery.raw(text, values ?? []));
    return { rows, rowCount: rows.length > 0 ? rows.length : Number(numAffectedRows ?? 0n) };
  };
  return { query } as unknown as ClientBase;
};
