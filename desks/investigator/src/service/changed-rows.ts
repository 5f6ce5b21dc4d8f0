import type { Db } from '@tutela/db';
import { changedImports } from './queries/importing.js';
import { changedRuns } from './queries/known.js';

/** Imports and runs whose rows are no longer those that the ledger vouches for through their digest. */
export const changedServiceRows = async (db: Db): Promise<readonly string[]> => [
  ...(await changedImports(db)),
  ...(await changedRuns(db)),
];
