import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { PersonId } from '@tutela/policy';
import { type Insertable, sql } from 'kysely';
import type { LookingDesk } from '../desk-name.js';
import type { Settings } from '../settings.js';
import { type ExposureTables, exposureTables, type OutcomeRow, type RevealRow } from './tables.js';

/** Held until the transaction ends, so that of two looks of one person one waits for the other. */
export const holdPerson = async (tx: Tx, person: PersonId): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`exposure/${person}`}, 0))`.execute(tx);
};

export const openRevealOf = (db: Db, person: PersonId): Promise<RevealRow | undefined> =>
  exposureTables(db)
    .selectFrom('exposure.reveal')
    .selectAll()
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .executeTakeFirst();

export const revealById = (db: Db, revealId: string): Promise<RevealRow | undefined> =>
  exposureTables(db).selectFrom('exposure.reveal').selectAll().where('reveal_id', '=', revealId).executeTakeFirst();

/** Reveals that nobody ended and whose time is over. */
export const forgottenReveals = (db: Db, at: UtcInstant, limit: number): Promise<readonly RevealRow[]> =>
  exposureTables(db)
    .selectFrom('exposure.reveal')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('closes_at', '<=', at)
    .limit(limit)
    .execute();

/** Of somebody's day, newest first. */
export const revealsOfDay = (db: Db, person: PersonId, day: string): Promise<readonly RevealRow[]> =>
  exposureTables(db)
    .selectFrom('exposure.reveal')
    .selectAll()
    .where('person', '=', person)
    .where('day', '=', day)
    .orderBy('started_at', 'desc')
    .execute();

export const insertReveal = async (tx: Tx, row: RevealRow): Promise<void> => {
  await exposureTables(tx).insertInto('exposure.reveal').values(row).execute();
};

/** Ends what was open. @returns nothing when it had ended meanwhile */
export const setRevealEnd = (
  tx: Tx,
  revealId: string,
  end: Pick<RevealRow, 'ended_at' | 'ended_by' | 'seconds'>,
): Promise<RevealRow | undefined> =>
  exposureTables(tx)
    .updateTable('exposure.reveal')
    .set(end)
    .where('reveal_id', '=', revealId)
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst();

/** Seconds that two people added to somebody's day. */
export const addedSeconds = async (db: Db, person: PersonId, day: string): Promise<number> => {
  const row = await exposureTables(db)
    .selectFrom('exposure.override')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('seconds'), sql<number>`0`).as('seconds'))
    .where('person', '=', person)
    .where('day', '=', day)
    .executeTakeFirstOrThrow();
  return Number(row.seconds);
};

export const insertOverride = async (tx: Tx, row: Insertable<ExposureTables['exposure.override']>): Promise<void> => {
  await exposureTables(tx).insertInto('exposure.override').values(row).execute();
};

export const readSettings = async (db: Db, person: PersonId): Promise<Settings | undefined> => {
  const row = await exposureTables(db)
    .selectFrom('exposure.settings')
    .select('content')
    .where('person', '=', person)
    .executeTakeFirst();
  return row?.content;
};

export const writeSettings = async (tx: Tx, person: PersonId, settings: Settings, at: UtcInstant): Promise<void> => {
  const content = JSON.stringify(settings);
  await exposureTables(tx)
    .insertInto('exposure.settings')
    .values({ person, content, changed_at: at })
    .onConflict((conflict) => conflict.column('person').doUpdateSet({ content, changed_at: at }))
    .execute();
};

export interface OwnSubject {
  readonly person: PersonId;
  readonly desk: LookingDesk;
  readonly subject: string;
}

export const insertSkip = async (tx: Tx, skip: OwnSubject, at: UtcInstant): Promise<void> => {
  await exposureTables(tx)
    .insertInto('exposure.skip')
    .values({ ...skip, skipped_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** What somebody is not offered again at a desk. */
export const skippedBy = async (db: Db, person: PersonId, desk: LookingDesk): Promise<readonly string[]> => {
  const rows = await exposureTables(db)
    .selectFrom('exposure.skip')
    .select('subject')
    .where('person', '=', person)
    .where('desk', '=', desk)
    .execute();
  return rows.map(({ subject }) => subject);
};

export const insertWork = async (tx: Tx, work: OwnSubject, at: UtcInstant): Promise<void> => {
  await exposureTables(tx)
    .insertInto('exposure.work')
    .values({ ...work, worked_at: at })
    .onConflict((conflict) => conflict.columns(['person', 'desk', 'subject']).doUpdateSet({ worked_at: at }))
    .execute();
};

export const insertOutcome = async (tx: Tx, row: OutcomeRow): Promise<void> => {
  await exposureTables(tx).insertInto('exposure.outcome').values(row).execute();
};

/** How it ended what a person worked on, newest first. */
export const outcomesFor = (db: Db, person: PersonId, limit: number): Promise<readonly OutcomeRow[]> =>
  exposureTables(db)
    .selectFrom('exposure.outcome as outcome')
    .selectAll('outcome')
    .where(
      sql<boolean>`exists (select from exposure.work
        where work.person = ${person} and work.desk = outcome.desk
          and (work.subject = outcome.subject or starts_with(work.subject, outcome.subject || '/')))`,
    )
    .orderBy('outcome.noted_at', 'desc')
    .orderBy('outcome.outcome_id')
    .limit(limit)
    .execute();

export interface LooksQuery {
  readonly limit: number;
  /** Older than this reveal. */
  readonly before?: string | undefined;
  readonly desk?: LookingDesk | undefined;
  readonly subject?: string | undefined;
  readonly sha256?: string | undefined;
  readonly person?: PersonId | undefined;
}

/** Who saw what, newest first. */
export const listReveals = (db: Db, asked: LooksQuery): Promise<readonly RevealRow[]> => {
  const { limit, before, desk, subject, sha256, person } = asked;
  let query = exposureTables(db)
    .selectFrom('exposure.reveal')
    .selectAll()
    .orderBy('started_at', 'desc')
    .orderBy('reveal_id', 'desc')
    .limit(limit);
  if (desk !== undefined) query = query.where('desk', '=', desk);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (sha256 !== undefined) query = query.where('sha256', '=', sha256);
  if (person !== undefined) query = query.where('person', '=', person);
  if (before !== undefined) {
    query = query.where(
      sql<boolean>`(started_at, reveal_id) < (select started_at, reveal_id from exposure.reveal where reveal_id = ${before})`,
    );
  }
  return query.execute();
};

export interface TeamDay {
  readonly day: string;
  readonly people: number;
  readonly reveals: number;
  readonly seconds: number;
}

/**
 * All people together by day, newest first. Never one person's figures: a day on which fewer than `least` looked is left
 * out, since it would tell of somebody.
 */
export const teamDays = async (db: Db, days: number, least: number): Promise<readonly TeamDay[]> => {
  const rows = await exposureTables(db)
    .selectFrom('exposure.reveal')
    .select(['day'])
    .select(({ fn }) => [
      fn.count<number>('person').distinct().as('people'),
      fn.countAll<number>().as('reveals'),
      fn.coalesce(fn.sum<number>('seconds'), sql<number>`0`).as('seconds'),
    ])
    .groupBy('day')
    .having(({ fn }) => fn.count('person').distinct(), '>=', least)
    .orderBy('day', 'desc')
    .limit(days)
    .execute();
  return rows.map((row) => ({ ...row, seconds: Number(row.seconds) }));
};
