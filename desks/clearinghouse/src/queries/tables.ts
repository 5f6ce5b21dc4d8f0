import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { ClearinghouseTables } from '../schema.js';

export const tables = (db: Db | Tx) => db.withTables<ClearinghouseTables>();

/** A report number is digits everywhere but in its `bigint` column. */
export const digits = <Column extends string>(column: Column) =>
  sql<ReportNumber>`${sql.ref(column)}::text`.as('report_number');
