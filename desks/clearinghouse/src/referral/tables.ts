import type { Db, Tx } from '@tutela/db';
import type { RoutingTables } from './schema.js';

export const routingTables = (db: Db | Tx) => db.withTables<RoutingTables>();
