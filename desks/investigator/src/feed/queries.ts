import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { Selectable } from 'kysely';
import type { FeedId, FeedTable, FeedTables, PulledReportTable } from './schema.js';

const tables = (db: Db | Tx) => db.withTables<FeedTables>();

/** The feed as it is known, or made known now. */
export const obtainFeed = async (
  tx: Tx,
  feed: Pick<FeedTable, 'feed_id' | 'base_url' | 'authority' | 'pulled_at'>,
): Promise<Selectable<FeedTable>> =>
  await tables(tx)
    .insertInto('investigator.feed')
    .values({ ...feed, position: 0 })
    .onConflict((conflict) => conflict.columns(['base_url', 'authority']).doUpdateSet({ pulled_at: feed.pulled_at }))
    .returningAll()
    .executeTakeFirstOrThrow();

/** Never backwards, since two may pull at once. */
export const movePosition = async (db: Db, feedId: FeedId, position: number): Promise<void> => {
  await tables(db)
    .updateTable('investigator.feed')
    .set({ position })
    .where('feed_id', '=', feedId)
    .where('position', '<', position)
    .execute();
};

export const pulledOf = (
  db: Db | Tx,
  { feedId, referralId }: { readonly feedId: FeedId; readonly referralId: string },
): Promise<readonly Selectable<PulledReportTable>[]> =>
  tables(db)
    .selectFrom('investigator.pulled_report')
    .selectAll()
    .where('feed_id', '=', feedId)
    .where('referral_id', '=', referralId)
    .orderBy('report_number')
    .execute();

export const insertPulled = async (tx: Tx, row: PulledReportTable): Promise<'inserted' | 'there'> => {
  const inserted = await tables(tx)
    .insertInto('investigator.pulled_report')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('report_number')
    .executeTakeFirst();
  return inserted === undefined ? 'there' : 'inserted';
};

export const changePulled = async (
  tx: Tx,
  { feedId, referralId }: { readonly feedId: FeedId; readonly referralId: string },
  change: Partial<{
    label: PulledReportTable['label'];
    lane: PulledReportTable['lane'];
    withdrawn_at: UtcInstant | null;
  }>,
): Promise<void> => {
  await tables(tx)
    .updateTable('investigator.pulled_report')
    .set(change)
    .where('feed_id', '=', feedId)
    .where('referral_id', '=', referralId)
    .execute();
};
