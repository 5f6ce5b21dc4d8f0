import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { sql } from 'kysely';

export interface ExporterCoverage {
  readonly exporter: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly days: number;
  readonly records: number;
  readonly bytes: number;
  readonly missingDays: number;
  readonly daysWithGaps: readonly { readonly day: string; readonly gaps: number; readonly coveredShare: number }[];
  readonly nextExpiry: UtcInstant;
}

const dayMs = 86_400_000;

/** Days that are kept, by exporter; gaps of a day are those of its worst segment. */
export const readCoverage = async (db: Db): Promise<readonly ExporterCoverage[]> =>
  (
    await sql<ExporterCoverage>`
      with kept as (
        select exporter, day, sum(records)::bigint as records, sum(bytes)::bigint as bytes, max(gaps) as gaps,
               min(covered_ms)::float8 / ${dayMs} as share, min(retain_until) as retain_until
          from provider.segment where deleted_at is null group by exporter, day)
      select exporter, min(day)::text as "firstDay", max(day)::text as "lastDay", count(*) as days,
             sum(records)::bigint as records, sum(bytes)::bigint as bytes,
             (max(day)::date - min(day)::date + 1 - count(*))::int as "missingDays",
             coalesce(jsonb_agg(jsonb_build_object('day', day::text, 'gaps', gaps, 'coveredShare', share) order by day)
                      filter (where gaps > 0 or share < 1), '[]') as "daysWithGaps",
             min(retain_until) as "nextExpiry"
        from kept group by exporter order by exporter`.execute(db)
  ).rows;
