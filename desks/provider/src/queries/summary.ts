import type { Db } from '@tutela/db';
import { sql } from 'kysely';

export interface DeskCounts {
  readonly sources: number;
  readonly segments: number;
  readonly bytes: number;
  readonly rules: number;
  readonly received: number;
  readonly released: number;
  readonly declined: number;
  readonly alarms: number;
}

export const countDesk = async (db: Db): Promise<DeskCounts> => {
  const { rows } = await sql<DeskCounts>`
    select (select count(*)::int from provider.source) as sources,
           (select count(*)::int from provider.segment where deleted_at is null) as segments,
           (select coalesce(sum(bytes), 0)::bigint from provider.segment where deleted_at is null) as bytes,
           (select count(*)::int from provider.rule where enabled_at is not null) as rules,
           (select count(*)::int from provider.disclosure_order where state = 'received') as received,
           (select count(*)::int from provider.disclosure_order where state = 'released') as released,
           (select count(*)::int from provider.disclosure_order where state = 'declined') as declined,
           (select count(*)::int from provider.alarm) as alarms`.execute(db);
  return rows[0] as DeskCounts;
};

/** Public statistics (attribution.md §4.7.9): how often each outcome came. */
export const countOutcomes = async (db: Db): Promise<Readonly<Record<string, number>>> => {
  const { rows } = await sql<{ readonly outcome: string; readonly answers: number }>`
    select outcome, count(*)::int as answers from provider.answer group by outcome order by outcome`.execute(db);
  return Object.fromEntries(rows.map(({ outcome, answers }) => [outcome, answers]));
};
