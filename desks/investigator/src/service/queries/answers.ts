import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { type RawBuilder, sql } from 'kysely';
import { anyVisibleAuthority } from '../../seizure/queries/visible-authorities.js';
import type { ServiceEventKind } from '../read/service-row.js';

/** Rows under authorities of the case that are in force now. */
const visible = (caseRef: string, table: string): RawBuilder<unknown> =>
  sql`${sql.ref(`${table}.case_ref`)} = ${caseRef}
      and ${sql.ref(`${table}.authority_id`)} = ${anyVisibleAuthority(caseRef)}`;

export interface AddressUse {
  readonly account: string;
  readonly address: string;
  readonly accesses: number;
  readonly firstAt: UtcInstant;
  readonly lastAt: UtcInstant;
  /** Of them, those with a port. */
  readonly withPort: number;
}

export const addressUses = async (db: Db, caseRef: string): Promise<readonly AddressUse[]> =>
  (
    await sql<AddressUse>`
      select account, host(address) as address, count(*) as accesses, min(at) as "firstAt", max(at) as "lastAt",
             count(port) as "withPort"
        from investigator.access as seen
       where ${visible(caseRef, 'seen')} and account is not null
       group by account, address order by account, address`.execute(db)
  ).rows;

export interface SharedAddress {
  readonly one: string;
  readonly other: string;
  readonly address: string;
  readonly times: number;
  /** Accounts that used the address at any time: many, and it says little. */
  readonly accounts: number;
}

/** Two accounts at one address within so many seconds of each other. */
export const sharedAddresses = async (
  db: Db,
  caseRef: string,
  { seconds, mostAccounts, limit }: { readonly seconds: number; readonly mostAccounts: number; readonly limit: number },
): Promise<readonly SharedAddress[]> =>
  (
    await sql<SharedAddress>`
      with seen as (
        select account, address, at from investigator.access as seen
         where ${visible(caseRef, 'seen')} and account is not null),
      crowd as (
        select address, count(distinct account) as accounts from seen group by address
        having count(distinct account) between 2 and ${mostAccounts})
      select one.account as one, other.account as other, host(one.address) as address, count(*) as times, crowd.accounts
        from crowd join seen as one using (address) join seen as other using (address)
       where one.account < other.account
         and other.at between one.at - make_interval(secs => ${seconds}) and one.at + make_interval(secs => ${seconds})
       group by one.account, other.account, one.address, crowd.accounts
       order by times desc, one.account, other.account limit ${limit}`.execute(db)
  ).rows;

export interface SharedFiles {
  readonly one: string;
  readonly other: string;
  readonly files: number;
}

/** Accounts that hold files of equal bytes; files that more than so many accounts hold tell nothing and are left out. */
export const sharedFiles = async (
  db: Db,
  caseRef: string,
  { mostAccounts, limit }: { readonly mostAccounts: number; readonly limit: number },
): Promise<readonly SharedFiles[]> =>
  (
    await sql<SharedFiles>`
      with held as (
        select distinct account, sha256 from investigator.item as held
         where ${visible(caseRef, 'held')} and account is not null and sha256 is not null and size > 0),
      rare as (
        select sha256 from held group by sha256 having count(*) between 2 and ${mostAccounts})
      select one.account as one, other.account as other, count(*) as files
        from rare join held as one using (sha256) join held as other using (sha256)
       where one.account < other.account
       group by one.account, other.account order by files desc, one.account, other.account limit ${limit}`.execute(db)
  ).rows;

/** Accounts whose archives one password opens. The password itself is not read. */
export const sharedPasswords = async (
  db: Db,
  caseRef: string,
): Promise<readonly { readonly accounts: readonly string[] }[]> =>
  (
    await sql<{ accounts: readonly string[] }>`
      select array_agg(distinct item.account order by item.account) as accounts
        from investigator.archive_secret as found
        join investigator.archive_set_lock as locked using (case_ref, lock_key)
        join investigator.archive_volume as volume using (set_id)
        join investigator.item as item on item.item_id = volume.item_id
       where ${visible(caseRef, 'found')} and ${visible(caseRef, 'item')} and item.account is not null
       group by found.authority_id, found.word_id having count(distinct item.account) > 1
       order by 1`.execute(db)
  ).rows;

/** Of an entry: the exhibit, the file and the line that it stands on. */
export interface Provenance {
  readonly exhibit: string;
  readonly itemId: number;
  readonly path: string | null;
  readonly line: number;
}

export interface TimelineEntry extends Provenance {
  readonly kind: ServiceEventKind;
  readonly at: UtcInstant;
  readonly account: string | null;
  readonly reference: string | null;
  readonly staff: string | null;
  readonly what: string;
  /** Decimal text. */
  readonly amount: string | null;
  readonly currency: string | null;
}

export interface TimelineFilter {
  readonly account?: string;
  readonly kinds?: readonly ServiceEventKind[];
  readonly limit: number;
}

export const timeline = async (
  db: Db,
  caseRef: string,
  { account, kinds, limit }: TimelineFilter,
): Promise<readonly TimelineEntry[]> =>
  (
    await sql<TimelineEntry>`
      select known.kind, known.at, known.account, known.reference, known.staff, known.what, known.amount::text,
             known.currency, known.line, exhibit.number as exhibit, item.item_id as "itemId", item.path
        from investigator.service_event as known
        join investigator.service_import as import using (import_id)
        join investigator.item as item on item.item_id = import.item_id
        join investigator.source as source using (source_id)
        join investigator.exhibit as exhibit using (exhibit_id)
       where ${visible(caseRef, 'known')} and (${account ?? null}::text is null or known.account = ${account ?? null})
         and (${kinds ?? null}::text[] is null or known.kind = any(${kinds ?? null}::text[]))
       order by known.at, known.import_id, known.line limit ${limit}`.execute(db)
  ).rows;

export interface Revenue {
  /** `2013-05`. */
  readonly month: string;
  readonly currency: string;
  readonly payments: number;
  readonly accounts: number;
  /** Decimal text. */
  readonly amount: string;
}

export const revenueByMonth = async (db: Db, caseRef: string): Promise<readonly Revenue[]> =>
  (
    await sql<Revenue>`
      select to_char(at at time zone 'UTC', 'YYYY-MM') as month, currency, count(*) as payments,
             count(distinct account) as accounts, sum(amount)::text as amount
        from investigator.service_event as paid
       where ${visible(caseRef, 'paid')} and kind = 'payment'
       group by 1, 2 order by 1, 2`.execute(db)
  ).rows;

/** How notices were met, by whoever they were about. */
export interface NoticeCounts {
  readonly received: number;
  readonly answered: number;
  readonly takedowns: number;
  readonly staffAccesses: number;
}

export const noticeCounts = async (db: Db, caseRef: string): Promise<NoticeCounts> => {
  const { rows } = await sql<NoticeCounts>`
    select count(*) filter (where kind = 'notice-received') as received,
           count(*) filter (where kind = 'notice-answered') as answered,
           count(*) filter (where kind = 'takedown') as takedowns,
           count(*) filter (where kind = 'staff-access') as "staffAccesses"
      from investigator.service_event as known where ${visible(caseRef, 'known')}`.execute(db);
  return rows[0] as NoticeCounts;
};

export interface Receipt extends Provenance {
  readonly account: string;
  readonly direction: 'sent' | 'received';
  readonly with: string;
  readonly file: string;
  readonly sentAt: UtcInstant;
  readonly openedAt: UtcInstant | null;
  readonly deletedAt: UtcInstant | null;
  readonly reportedAt: UtcInstant | null;
  readonly known: 'known' | 'not-known';
}

/** What an account sent and was sent. */
export const receipts = async (db: Db, caseRef: string, account: string, limit: number): Promise<readonly Receipt[]> =>
  (
    await sql<Receipt>`
      select ${account}::text as account, case when from_account = ${account} then 'sent' else 'received' end as direction,
             case when from_account = ${account} then to_account else from_account end as with, given.path as file,
             sent_at as "sentAt", opened_at as "openedAt", deleted_at as "deletedAt", reported_at as "reportedAt",
             case when exists (
               select from investigator.item as item join investigator.known_match as match using (item_id)
                where match.by_digest <> 'pdq' and item.case_ref = ${caseRef} and item.parent_item_id is null and item.path = given.path)
               then 'known' else 'not-known' end as known,
             given.line, exhibit.number as exhibit, record.item_id as "itemId", record.path
        from investigator.share as given
        join investigator.service_import as import using (import_id)
        join investigator.item as record on record.item_id = import.item_id
        join investigator.source as source using (source_id)
        join investigator.exhibit as exhibit using (exhibit_id)
       where ${visible(caseRef, 'given')} and (from_account = ${account} or to_account = ${account})
       order by sent_at, given.import_id, given.line limit ${limit}`.execute(db)
  ).rows;

export interface ImportCounts {
  readonly files: number;
  readonly imported: number;
  readonly bad: number;
  readonly refused: number;
}

export const importCounts = async (db: Db, caseRef: string): Promise<ImportCounts> => {
  const { rows } = await sql<ImportCounts>`
    select count(*) as files, coalesce(sum(imported), 0)::bigint as imported, coalesce(sum(bad), 0)::bigint as bad,
           coalesce(sum(refused), 0)::bigint as refused
      from investigator.service_import where case_ref = ${caseRef}`.execute(db);
  return rows[0] as ImportCounts;
};
