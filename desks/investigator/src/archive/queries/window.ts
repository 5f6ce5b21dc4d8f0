import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type RawBuilder, sql } from 'kysely';
import { anyVisibleAuthority } from '../../seizure/queries/visible-authorities.js';
import type { ArchiveRow } from './progress.js';

export interface ArchiveFilter {
  readonly caseRef: string;
  readonly state?: string;
  readonly format?: string;
  readonly account?: string;
}

/** Only what was read under an authority that is in force, and nothing that the filter team has. */
const found = ({ caseRef, state, format, account }: ArchiveFilter): RawBuilder<unknown> => sql`
  investigator.archive_set one
  join investigator.archive_volume first on first.set_id = one.set_id and first.ordinal = 0
  join investigator.item item on item.item_id = first.item_id
  where one.case_ref = ${caseRef} and one.authority_id = ${anyVisibleAuthority(caseRef)}
    and not policy.with_filter(one.case_ref, 'item/' || item.item_id)
    and (${state ?? null}::text is null or one.state = ${state ?? null})
    and (${format ?? null}::text is null or one.format = ${format ?? null})
    and (${account ?? null}::text is null or item.account = ${account ?? null})`;

const byId: TableOrder = { columns: ['one.set_id'], order: 'asc' };

/** Archives of a case, by id. */
export const windowOfArchives = async (
  db: Db,
  filter: ArchiveFilter,
  stretch: Stretch,
): Promise<readonly ArchiveRow[]> =>
  (
    await sql<ArchiveRow>`
      select one.set_id as "setId", one.state, one.reason, format, encryption, bytes, missing, item.path, item.account,
             one.authority_id as "authorityId",
             (select count(*) from investigator.archive_volume held where held.set_id = one.set_id) as volumes,
             (select count(*) from investigator.archive_member member where member.set_id = one.set_id) as members,
             (select count(*) from investigator.archive_lead lead where lead.set_id = one.set_id) as leads
        from ${found(filter)}
         and ${isPast(byId, stretch)}
       order by one.set_id ${sql.raw(orderOf(byId, stretch))} offset ${stretch.skip} limit ${stretch.limit}`.execute(db)
  ).rows;

export const countArchives = async (db: Db, filter: ArchiveFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${found(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};

export interface ArchiveCount {
  readonly format: string | null;
  readonly encryption: string | null;
  readonly state: string;
  readonly archives: number;
  readonly bytes: number;
}

export const countArchivesByKind = async (db: Db, caseRef: string): Promise<readonly ArchiveCount[]> =>
  (
    await sql<ArchiveCount>`
      select format, encryption, one.state, count(*) as archives, coalesce(sum(bytes), 0)::bigint as bytes
        from ${found({ caseRef })} group by 1, 2, 3 order by 1, 2, 3`.execute(db)
  ).rows;

export interface OpenedBy {
  readonly foundBy: 'hints' | 'spread' | 'block';
  readonly verified: 'by-opening' | 'by-check-only' | 'undecided';
  readonly authorityId: string;
  readonly foundAt: UtcInstant;
}

/** How the passwords of an archive were found, under authorities in force. No word of them is read. */
export const openedBy = async (db: Db, caseRef: string, setId: string): Promise<readonly OpenedBy[]> =>
  (
    await sql<OpenedBy>`
      select found_by as "foundBy", verified, authority_id as "authorityId", found_at as "foundAt"
        from investigator.archive_set_lock held
        join investigator.archive_secret secret using (case_ref, lock_key)
       where held.set_id = ${setId} and held.case_ref = ${caseRef}
         and authority_id = ${anyVisibleAuthority(caseRef)}
       order by found_at, secret_id`.execute(db)
  ).rows;

/** Under which authorities passwords of a case are looked for, or may be. */
export const recoveringUnder = async (db: Db, caseRef: string): Promise<readonly string[]> =>
  (
    await sql<{ authorityId: string }>`
      select authority_id as "authorityId" from investigator.recovery_run where case_ref = ${caseRef}
      union select authority_id from investigator.recovery_lock where case_ref = ${caseRef}
      order by 1`.execute(db)
  ).rows.map(({ authorityId }) => authorityId);
