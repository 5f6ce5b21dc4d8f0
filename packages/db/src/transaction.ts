import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Db } from './database.js';
import { unpreparable } from './preparing.js';

/** The transaction of an act: its effect, its ledger event and its next step. */
export type Tx = Transaction<unknown>;

const attempts = 6;
/** PostgreSQL appendix A: serialization failure, deadlock detected. Nothing was done, so it may be done again. */
const repeatable = new Set(['40001', '40P01', ...unpreparable]);

/** The one way to change the database. `act` may run again after a deadlock and must touch nothing else. */
export const inTransaction = async <T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(act);
    } catch (error) {
      if (attempt === attempts || !repeatable.has((error as { code?: string }).code ?? '')) throw error;
      await sleep(10 * 2 ** attempt * Math.random());
    }
  }
};
