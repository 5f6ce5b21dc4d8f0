import type { Db } from '@tutela/db';
import { sql } from 'kysely';

/** A day of an exporter that is kept; of several segments the worst one counts. */
export interface CoveredDay {
  readonly exporter: string;
  readonly day: string;
  /** Of the day, 0 to 1. */
  readonly coveredShare: number;
  readonly gaps: number;
  readonly records: number;
}

const dayMs = 86_400_000;

/** Days from `from` to `to` (`YYYY-MM-DD`, both included) of which something is kept. */
export const readCoveredDays = async (db: Db, from: string, to: string): Promise<readonly CoveredDay[]> =>
  (
    await sql<CoveredDay>`
      select exporter, day::text as day, min(covered_ms)::float8 / ${dayMs} as "coveredShare", max(gaps)::int as gaps,
             sum(records)::bigint as records
        from provider.segment
       where deleted_at is null and superseded_by is null and day >= ${from} and day <= ${to}
       group by exporter, day order by exporter, day`.execute(db)
  ).rows;

/** The newest day of which anything is kept. */
export const newestDay = async (db: Db): Promise<string | undefined> =>
  (
    await sql<{
      day: string | null;
    }>`select max(day)::text as day from provider.segment where deleted_at is null`.execute(db)
  ).rows[0]?.day ?? undefined;
