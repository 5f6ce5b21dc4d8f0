import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import type { Insertable } from 'kysely';
import { type IngestTable, type SegmentTable, tables } from '../schema.js';

export const findIngest = async (db: Db, ingestId: string): Promise<{ readonly tally: JsonObject } | undefined> =>
  await tables(db).selectFrom('provider.ingest').select('tally').where('ingest_id', '=', ingestId).executeTakeFirst();

export const insertIngest = async (
  tx: Tx,
  row: Insertable<IngestTable>,
  segments: readonly SegmentTable[],
): Promise<void> => {
  await tables(tx).insertInto('provider.ingest').values(row).execute();
  if (segments.length > 0) await tables(tx).insertInto('provider.segment').values(segments).execute();
};

/** The ingest of an exporter that ended at a moment and that none goes on from. */
export const findIngestUntil = async (
  db: Db,
  exporter: string,
  coversTo: number,
): Promise<{ readonly ingest_id: string } | undefined> =>
  await tables(db)
    .selectFrom('provider.ingest as one')
    .select('one.ingest_id')
    .where('one.exporter', '=', exporter)
    .where('one.covers_to', '=', coversTo)
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('provider.ingest as next')
            .select('next.ingest_id')
            .whereRef('next.follows', '=', 'one.ingest_id'),
        ),
      ),
    )
    .orderBy('one.finished_at', 'desc')
    .orderBy('one.ingest_id')
    .limit(1)
    .executeTakeFirst();

/** What an ingest and those before it left that answers, by day. */
export const segmentsUpTo = async (db: Db, ingestId: string): Promise<readonly SegmentTable[]> =>
  await tables(db)
    .withRecursive('chain', (of) =>
      of
        .selectFrom('provider.ingest')
        .select(['ingest_id', 'follows'])
        .where('ingest_id', '=', ingestId)
        .unionAll(
          of
            .selectFrom('provider.ingest as earlier')
            .innerJoin('chain', 'chain.follows', 'earlier.ingest_id')
            .select(['earlier.ingest_id', 'earlier.follows']),
        ),
    )
    .selectFrom('provider.segment')
    .selectAll()
    .where('ingest_id', 'in', (of) => of.selectFrom('chain').select('chain.ingest_id'))
    .where('deleted_at', 'is', null)
    .where('superseded_by', 'is', null)
    .orderBy('day')
    .execute();

export const markSuperseded = async (tx: Tx, digests: readonly string[], ingestId: string): Promise<void> => {
  if (digests.length === 0) return;
  await tables(tx)
    .updateTable('provider.segment')
    .set({ superseded_by: ingestId })
    .where('sha256', 'in', digests)
    .execute();
};

export const segmentsOfIngest = async (db: Db, ingestId: string): Promise<readonly SegmentTable[]> =>
  await tables(db)
    .selectFrom('provider.segment')
    .selectAll()
    .where('ingest_id', '=', ingestId)
    .orderBy('day')
    .execute();

/** All that were ever written, by day; deleted ones with their certificate. */
export const listSegments = async (db: Db | Tx): Promise<readonly SegmentTable[]> =>
  await tables(db)
    .selectFrom('provider.segment')
    .selectAll()
    .orderBy('day')
    .orderBy('exporter')
    .orderBy('sha256')
    .execute();

const newestDayFirst: TableOrder = { columns: ['day', 'exporter', 'sha256'], order: 'desc' };

/** A window on them, newest day first. */
export const windowOfSegments = async (
  db: Db,
  exporter: string | undefined,
  stretch: Stretch,
): Promise<readonly SegmentTable[]> => {
  const order = orderOf(newestDayFirst, stretch);
  let query = tables(db)
    .selectFrom('provider.segment')
    .selectAll()
    .where(isPast(newestDayFirst, stretch))
    .orderBy('day', order)
    .orderBy('exporter', order)
    .orderBy('sha256', order);
  if (exporter !== undefined) query = query.where('exporter', '=', exporter);
  return await query.offset(stretch.skip).limit(stretch.limit).execute();
};

export const countSegments = async (db: Db, exporter: string | undefined): Promise<number> => {
  const query = tables(db)
    .selectFrom('provider.segment')
    .select((of) => of.fn.countAll<number>().as('segments'));
  const found = await (exporter === undefined
    ? query
    : query.where('exporter', '=', exporter)
  ).executeTakeFirstOrThrow();
  return found.segments;
};

/** Those of some days (`YYYY-MM-DD`) that are kept and answer. */
export const keptSegments = async (db: Db | Tx, days: readonly string[]): Promise<readonly SegmentTable[]> =>
  days.length === 0
    ? []
    : await tables(db)
        .selectFrom('provider.segment')
        .selectAll()
        .where('day', 'in', days)
        .where('deleted_at', 'is', null)
        .where('superseded_by', 'is', null)
        .orderBy('exporter')
        .orderBy('day')
        .orderBy('sha256')
        .execute();

export const segmentsNamed = async (db: Db | Tx, digests: readonly string[]): Promise<readonly SegmentTable[]> =>
  digests.length === 0
    ? []
    : await tables(db).selectFrom('provider.segment').selectAll().where('sha256', 'in', digests).execute();

export const lockEndedSegment = async (tx: Tx, at: UtcInstant): Promise<SegmentTable | undefined> =>
  await tables(tx)
    .selectFrom('provider.segment')
    .selectAll()
    .where('deleted_at', 'is', null)
    .where('retain_until', '<=', at)
    .orderBy('retain_until')
    .orderBy('sha256')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();

export const markDeleted = async (tx: Tx, sha256: string, at: UtcInstant, certificate: string): Promise<void> => {
  await tables(tx)
    .updateTable('provider.segment')
    .set({ deleted_at: at, certificate })
    .where('sha256', '=', sha256)
    .execute();
};

export const countKeptOfIngest = async (tx: Tx, ingestId: string): Promise<number> => {
  const { kept } = await tables(tx)
    .selectFrom('provider.segment')
    .select((of) => of.fn.countAll<number>().as('kept'))
    .where('ingest_id', '=', ingestId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return kept;
};
