import type { ReportNumber } from '@tutela/cybertip';
import type { Db, Tx } from '@tutela/db';
import { sql } from 'kysely';

/** What was seen of a file. `pdq`: 32 bytes; null for what is no picture, or a featureless one. */
export interface Look {
  readonly sha256: string;
  /** `refused`: named a picture by its first bytes, and not decoded (damaged, hostile, too large). */
  readonly outcome: 'picture' | 'not-a-picture' | 'refused';
  readonly pdq: Buffer | null;
}

/** A picture that stands for those that look like it. */
export interface Seed {
  readonly sha256: string;
  readonly pdq: Buffer;
  /** Digits; grows in the order in which seeds were stored. */
  readonly ordinal: string;
}

/** Files that nobody has looked at, as many as `limit`. */
export const unseenFiles = async (db: Db, limit: number, attempts: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from clearinghouse.picture_pending where attempts < ${attempts}
     order by attempts, sha256 limit ${limit}`.execute(db);
  return rows.map(({ sha256 }) => sha256);
};

export const noteAttempt = async (db: Db, files: readonly string[]): Promise<void> => {
  await sql`
    update clearinghouse.picture_pending set attempts = attempts + 1 where sha256 = any(${files}::text[])`.execute(db);
};

export const seedsAfter = async (tx: Tx, ordinal: string): Promise<readonly Seed[]> => {
  const { rows } = await sql<Seed>`
    select sha256, pdq, ordinal::text as ordinal from clearinghouse.picture
     where seed = sha256 and picture.ordinal > ${ordinal}::bigint order by picture.ordinal`.execute(tx);
  return rows;
};

/** Takes files off the list of those to look at. @returns those that were on it: what another took is theirs */
export const takeUnseen = async (tx: Tx, files: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ sha256: string }>`
    delete from clearinghouse.picture_pending where sha256 = any(${files}::text[]) returning sha256`.execute(tx);
  return new Set(rows.map(({ sha256 }) => sha256));
};

export const insertPicture = async (tx: Tx, { sha256, outcome, pdq }: Look, seed: string | null): Promise<void> => {
  await sql`
    insert into clearinghouse.picture (sha256, outcome, pdq, seed)
    values (${sha256}, ${outcome}, ${pdq}, ${seed}) on conflict do nothing`.execute(tx);
};

/** Judged reports that have one of the files. */
export const judgedReportsWith = async (tx: Tx, files: readonly string[]): Promise<readonly ReportNumber[]> => {
  const { rows } = await sql<{ report_number: ReportNumber }>`
    select distinct placement.report_number::text as report_number
      from clearinghouse.file join clearinghouse.placement using (report_number)
     where file.sha256 = any(${files}::text[])`.execute(tx);
  return rows.map(({ report_number }) => report_number);
};
