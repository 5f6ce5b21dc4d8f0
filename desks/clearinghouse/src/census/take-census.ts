import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { type CensusRow, censusPage } from './queries.js';

const pageSize = 1000;

/** Every finished report with what became of it, in the order of numbers; a page at a time is held in memory. */
export async function* takeCensus(db: Db): AsyncGenerator<CensusRow> {
  let after = '0' as ReportNumber;
  for (;;) {
    const page = await censusPage(db, after, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.reportNumber;
  }
}
