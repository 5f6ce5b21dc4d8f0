import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { NoticeId, NoticeTable } from '../schema.js';
import { routingTables } from '../tables.js';

export type NoticeRow = Selectable<NoticeTable>;

/** A notice that nobody has tried to send yet takes up what is new for its authority. */
export const queueNotice = async (
  tx: Tx,
  notice: Omit<
    Insertable<NoticeTable>,
    'state' | 'sent_at' | 'sent_by' | 'receipt' | 'attempt' | 'trouble' | 'escalated_at'
  >,
): Promise<NoticeId> => {
  const row = await routingTables(tx)
    .insertInto('clearinghouse.notice')
    .values({ ...notice, state: 'queued', attempt: 0 } as Insertable<NoticeTable>)
    .onConflict((conflict) =>
      // In words and not as parameters: by them the index is found.
      conflict.column('authority_id').where(sql<boolean>`state = 'queued' and attempt = 0`).doUpdateSet({
        last_position: notice.last_position,
        referrals: sql`notice.referrals + excluded.referrals`,
        urgent: sql`notice.urgent + excluded.urgent`,
        next_at: sql`least(notice.next_at, excluded.next_at)`,
      }),
    )
    .returning('notice_id')
    .executeTakeFirstOrThrow();
  return row.notice_id;
};

/** Held until the transaction ends. */
export const lockNotice = (tx: Tx, noticeId: NoticeId): Promise<NoticeRow | undefined> =>
  routingTables(tx)
    .selectFrom('clearinghouse.notice')
    .selectAll()
    .where('notice_id', '=', noticeId)
    .forUpdate()
    .executeTakeFirst();

export const changeNotice = async (
  tx: Tx,
  noticeId: NoticeId,
  change: Partial<Insertable<NoticeTable>>,
): Promise<void> => {
  await routingTables(tx).updateTable('clearinghouse.notice').set(change).where('notice_id', '=', noticeId).execute();
};

/** Mails whose next attempt is due. */
export const dueNotices = (db: Db, now: UtcInstant): Promise<readonly Pick<NoticeRow, 'notice_id' | 'attempt'>[]> =>
  routingTables(db)
    .selectFrom('clearinghouse.notice')
    .select(['notice_id', 'attempt'])
    .where('state', '=', 'queued')
    .where('channel', '=', 'email')
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(100)
    .execute();

/** Of any channel, those that were queued before. */
export const unescalated = (db: Db, queuedBefore: UtcInstant, urgentBefore: UtcInstant) =>
  routingTables(db)
    .selectFrom('clearinghouse.notice')
    .select(['notice_id'])
    .where('state', '=', 'queued')
    .where('escalated_at', 'is', null)
    .where((or) =>
      or.or([or('queued_at', '<=', queuedBefore), or.and([or('urgent', '>', 0), or('queued_at', '<=', urgentBefore)])]),
    )
    .orderBy('queued_at')
    .limit(100)
    .execute();

export const listNotices = (
  db: Db,
  { state, limit }: { readonly state?: NoticeTable['state']; readonly limit: number },
): Promise<readonly NoticeRow[]> => {
  const query = routingTables(db).selectFrom('clearinghouse.notice').selectAll().orderBy('queued_at', 'desc');
  return (state === undefined ? query : query.where('state', '=', state)).limit(limit).execute();
};

export const findNotice = (db: Db, noticeId: NoticeId): Promise<NoticeRow | undefined> =>
  routingTables(db).selectFrom('clearinghouse.notice').selectAll().where('notice_id', '=', noticeId).executeTakeFirst();

export interface NoticedReferral {
  readonly referral_id: string;
  readonly change: string;
  readonly reports: number;
  readonly at: UtcInstant;
}

/** The entries of the feed that a notice tells of. */
export const noticedReferrals = async (
  db: Db,
  { authority_id, first_position, last_position }: NoticeRow,
): Promise<readonly NoticedReferral[]> => {
  const { rows } = await sql<NoticedReferral>`
    select referral_id, change, reports, at
      from clearinghouse.feed_entry as entry join clearinghouse.referral using (referral_id)
     where entry.authority_id = ${authority_id} and position between ${first_position} and ${last_position}
     order by position`.execute(db);
  return rows;
};
