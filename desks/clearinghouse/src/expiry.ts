import { type Clock, toInstant, type UtcInstant } from '@tutela/core';
import { decideExpiry, type ReportNumber } from '@tutela/cybertip';
import { type Db, inTransaction } from '@tutela/db';
import { lockReport, overdueReports } from './queries/filing.js';
import { endUnfinished, stateOf } from './report-store.js';

const hour = 3_600_000;
const atOnce = 100;

/**
 * Ends every open report whose time is over (24 h after opening, 1 h after the last addition; protocols.md §1.4).
 * A report asked about before that ends just so; this is for those nobody asks about.
 * @returns how many were ended
 */
export const expireOverdue = async (deps: { readonly db: Db; readonly clock: Clock }): Promise<number> => {
  const now = deps.clock.now();
  const overdue = await overdueReports(deps.db, before(now, 24 * hour), before(now, hour), atOnce);
  let ended = 0;
  for (const reportNumber of overdue) ended += await expire(deps.db, reportNumber, now);
  return overdue.length === atOnce && ended > 0 ? ended + (await expireOverdue(deps)) : ended;
};

const expire = async (db: Db, reportNumber: ReportNumber, now: UtcInstant): Promise<0 | 1> =>
  await inTransaction(db, async (tx) => {
    const row = await lockReport(tx, reportNumber);
    const effect = row && decideExpiry(stateOf(row), now);
    if (row === undefined || effect?.kind !== 'expire') return 0;
    await endUnfinished(tx, row.reporter_id, reportNumber, effect);
    return 1;
  });

const before = (now: UtcInstant, ms: number): UtcInstant => toInstant(new Date(Date.parse(now) - ms));
