import type { Db, Tx } from '@tutela/db';
import type { InvestigatorTables } from '../schema.js';

export const tables = (db: Db | Tx) => db.withTables<InvestigatorTables>();
