import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type RawBuilder, sql } from 'kysely';
import { anyVisibleAuthority } from '../../seizure/queries/visible-authorities.js';
import type { ItemRow } from '../../seizure/queries/visible-items.js';

/** Only what an authority in force covers, and nothing that the filter team has. */
const seen = (caseRef: string): RawBuilder<unknown> =>
  sql`item.case_ref = ${caseRef} and item.authority_id = ${anyVisibleAuthority(caseRef)}
      and not policy.with_filter(item.case_ref, 'item/' || item.item_id)`;

const newestRun = (caseRef: string): RawBuilder<unknown> =>
  sql`(select run_id from investigator.known_run where case_ref = ${caseRef} order by ran_at desc, run_id limit 1)`;

export interface StackFilter {
  readonly caseRef: string;
  readonly class?: 'picture' | 'video';
  readonly least: number;
  /** `exact`: of equal bytes alone. `near`: only those with look-alikes. Default: by looks, where they are known. */
  readonly kind?: 'exact' | 'near';
}

export interface StackRow {
  /** Of the content that leads the stack. */
  readonly sha256: string;
  readonly fileClass: 'picture' | 'video';
  readonly mediaType: string | null;
  readonly size: number;
  /** Files in all: those of the leader's bytes, and those that look alike. */
  readonly files: number;
  readonly copies: number;
  readonly lookAlikes: number;
  readonly accounts: number;
  readonly sources: number;
  readonly firstItemId: number;
  /** `known`: the leader's bytes. `near`: something in the stack is known or looks like a listed picture: a lead. */
  readonly known: 'known' | 'near' | 'not-known';
}

/** Files, each with the content that leads its stack. */
const stacked = ({ caseRef, class: fileClass, kind }: StackFilter): RawBuilder<unknown> =>
  sql`(select item.*, coalesce(alike.leader_sha256, item.sha256) as leader
         from investigator.item as item
         left join investigator.visible_look_alikes(${caseRef}) as alike
                on alike.sha256 = item.sha256 and ${kind ?? null}::text is distinct from 'exact'
        where ${seen(caseRef)} and item.sha256 is not null and file_class in ('picture', 'video')
          and (${fileClass ?? null}::text is null or file_class = ${fileClass ?? null}))`;

const stacks = (filter: StackFilter): RawBuilder<unknown> =>
  sql`(select leader as sha256, min(file_class) as file_class,
              min(media_type) filter (where sha256 = leader) as media_type,
              coalesce(min(size) filter (where sha256 = leader), min(size)) as size, count(*) as files,
              count(*) filter (where sha256 = leader) as copies, count(*) filter (where sha256 <> leader) as look_alikes,
              count(distinct account) as accounts, count(distinct source_id) as sources,
              coalesce(min(item_id) filter (where sha256 = leader), min(item_id)) as first_item_id
         from ${stacked(filter)} as file
        group by leader
       having count(*) >= ${filter.least}
          and (${filter.kind ?? null}::text is distinct from 'near' or count(*) filter (where sha256 <> leader) > 0))`;

const mostFirst: TableOrder = { columns: ['files', 'sha256'], order: 'desc' };
const byItem: TableOrder = { columns: ['match.item_id'], order: 'asc' };

/** Pictures and videos that look alike, or are of equal bytes, those with most files first. */
export const windowOfStacks = async (db: Db, filter: StackFilter, stretch: Stretch): Promise<readonly StackRow[]> =>
  (
    await sql<StackRow>`
      select sha256, file_class as "fileClass", media_type as "mediaType", size, files, copies,
             look_alikes as "lookAlikes", accounts, sources, first_item_id as "firstItemId",
             coalesce((
               select case when bool_or(match.by_digest <> 'pdq' and one.sha256 = stack.sha256) then 'known'
                           when count(*) > 0 then 'near' end
                 from investigator.item as one join investigator.known_match as match using (item_id)
                where match.run_id = ${newestRun(filter.caseRef)} and one.case_ref = ${filter.caseRef}
                  and (one.sha256 = stack.sha256 or (look_alikes > 0 and one.sha256 in (
                    select sha256 from investigator.look_alike
                     where case_ref = ${filter.caseRef} and leader_sha256 = stack.sha256)))), 'not-known') as known
        from ${stacks(filter)} as stack
       where ${isPast(mostFirst, stretch)}
       order by files ${sql.raw(orderOf(mostFirst, stretch))}, sha256 ${sql.raw(orderOf(mostFirst, stretch))}
      offset ${stretch.skip} limit ${stretch.limit}`.execute(db)
  ).rows;

export const countStacks = async (db: Db, filter: StackFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${stacks(filter)} as stack`.execute(db);
  return rows[0]?.count ?? 0;
};

export interface LooksOfContent {
  /** The content that leads the stack. */
  readonly stack: string;
  /** Files in the stack with other bytes than these. */
  readonly lookAlikes: number;
  /** Bits between the leader and this content. */
  readonly distance: number;
}

/** What looks like a content; `undefined` for one that stands alone. */
export const looksOfContent = async (db: Db, caseRef: string, sha256: string): Promise<LooksOfContent | undefined> =>
  (
    await sql<LooksOfContent>`
      select own.leader_sha256 as stack, own.distance,
             (select count(*) from investigator.look_alike as alike
                join investigator.item as item on item.case_ref = alike.case_ref and item.sha256 = alike.sha256
               where alike.case_ref = ${caseRef} and alike.leader_sha256 = own.leader_sha256
                 and alike.sha256 <> own.sha256 and ${seen(caseRef)}) as "lookAlikes"
        from investigator.visible_look_alikes(${caseRef}) as own where own.sha256 = ${sha256}`.execute(db)
  ).rows.find(({ lookAlikes }) => lookAlikes > 0);

export interface KnownRunRow {
  readonly runId: string;
  readonly listName: string;
  readonly listSha256: string;
  readonly entries: number;
  readonly compared: number;
  readonly refused: number;
  readonly matched: number;
  readonly near: number;
  readonly pictures: number;
  readonly unseen: number;
  readonly ranAt: UtcInstant;
  readonly ranBy: string;
}

export const knownRuns = async (db: Db, caseRef: string): Promise<readonly KnownRunRow[]> =>
  (
    await sql<KnownRunRow>`
      select run_id as "runId", list_name as "listName", list_sha256 as "listSha256", entries, compared, refused,
             matched, near, pictures, unseen, ran_at as "ranAt", ran_by as "ranBy"
        from investigator.known_run where case_ref = ${caseRef} order by ran_at desc, run_id limit 100`.execute(db)
  ).rows;

/** `exact`: the same bytes. `near`: a picture that looks like a listed one, a lead. */
export type MatchKind = 'exact' | 'near';

export interface MatchFilter {
  readonly caseRef: string;
  readonly kind?: MatchKind;
}

const matching = ({ caseRef, kind }: MatchFilter): RawBuilder<unknown> =>
  sql`match.run_id = ${newestRun(caseRef)} and ${seen(caseRef)}
      and (${kind ?? null}::text is null or (match.by_digest = 'pdq') = (${kind ?? null} = 'near'))`;

/** What a file agreed with. */
export interface EntryMatch {
  readonly kind: MatchKind;
  readonly byDigest: 'sha256' | 'sha1' | 'md5' | 'pdq';
  readonly listName: string;
  /** Of the list, where its entry begins; unknown for old comparisons. */
  readonly line: number | null;
  /** Bits, and how the picture has to be turned; only of near ones. */
  readonly distance: number | null;
  readonly variant: string | null;
}

export type KnownMatchRow = ItemRow & EntryMatch;

const entry = sql`case when match.by_digest = 'pdq' then 'near' else 'exact' end as kind,
  match.by_digest as "byDigest", run.list_name as "listName", match.line, match.distance, match.variant`;

/** Of one file, in the newest run. */
export const matchOfItem = async (db: Db, caseRef: string, itemId: number): Promise<EntryMatch | undefined> =>
  (
    await sql<EntryMatch>`
      select ${entry} from investigator.known_match as match join investigator.known_run as run using (run_id)
       where match.run_id = ${newestRun(caseRef)} and match.item_id = ${itemId}`.execute(db)
  ).rows[0];

/** Matches of the newest run, by item. */
export const windowOfMatches = async (
  db: Db,
  filter: MatchFilter,
  stretch: Stretch,
): Promise<readonly KnownMatchRow[]> =>
  (
    await sql<KnownMatchRow>`
      select item.*, ${entry}
        from investigator.known_match as match
        join investigator.known_run as run using (run_id)
        join investigator.item as item using (item_id)
       where ${matching(filter)} and ${isPast(byItem, stretch)}
       order by match.item_id ${sql.raw(orderOf(byItem, stretch))} offset ${stretch.skip} limit ${stretch.limit}`.execute(
      db,
    )
  ).rows;

export const countMatches = async (db: Db, filter: MatchFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from investigator.known_match as match join investigator.item as item using (item_id)
     where ${matching(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};
