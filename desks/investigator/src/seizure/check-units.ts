import type { Db } from '@tutela/db';
import { unitsThatDiffer } from './queries/differing-units.js';
import type { UnitId } from './schema.js';

/**
 * Units whose items are not those that the ledger vouches for: rows were changed, added or removed behind its back. Of
 * each source the newest pass, once it has ended, since a later pass takes the items over one by one.
 */
export const checkUnits = (db: Db, caseRef: string): Promise<readonly UnitId[]> => unitsThatDiffer(db, caseRef);
