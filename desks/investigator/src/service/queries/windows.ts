import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { isPast, orderOf, type Stretch, type TableOrder } from '@tutela/window';
import { type RawBuilder, sql } from 'kysely';
import { anyVisibleAuthority } from '../../seizure/queries/visible-authorities.js';
import type { AddressUse, TimelineEntry } from './answers.js';

const visible = (caseRef: string, table: string): RawBuilder<unknown> =>
  sql`${sql.ref(`${table}.case_ref`)} = ${caseRef}
      and ${sql.ref(`${table}.authority_id`)} = ${anyVisibleAuthority(caseRef)}`;

export interface KnowledgeFilter {
  readonly caseRef: string;
  readonly kind?: string;
  readonly account?: string;
}
export interface KnowledgeEntry extends TimelineEntry {
  readonly importId: string;
}

const known = ({ caseRef, kind, account }: KnowledgeFilter): RawBuilder<unknown> =>
  sql`investigator.service_event as known
      where ${visible(caseRef, 'known')} and (${kind ?? null}::text is null or known.kind = ${kind ?? null})
        and (${account ?? null}::text is null or known.account = ${account ?? null})`;

const byTime: TableOrder = { columns: ['known.at', 'known.import_id', 'known.line'], order: 'asc' };
const byName: TableOrder = { columns: ['account'], order: 'asc' };

/** What the service knew, in the order of time. */
export const windowOfKnowledge = async (
  db: Db,
  filter: KnowledgeFilter,
  stretch: Stretch,
): Promise<readonly KnowledgeEntry[]> => {
  const order = sql.raw(orderOf(byTime, stretch));
  const { rows } = await sql<KnowledgeEntry>`
    select entry.import_id as "importId", entry.kind, entry.at, entry.account, entry.reference, entry.staff,
           entry.what, entry.amount::text, entry.currency, entry.line, exhibit.number as exhibit,
           item.item_id as "itemId", item.path
      from (select known.* from ${known(filter)} and ${isPast(byTime, stretch)}
             order by known.at ${order}, known.import_id ${order}, known.line ${order}
            offset ${stretch.skip} limit ${stretch.limit}) as entry
      join investigator.service_import as import using (import_id)
      join investigator.item as item on item.item_id = import.item_id
      join investigator.source as source on source.source_id = item.source_id
      join investigator.exhibit as exhibit using (exhibit_id)
     order by entry.at ${order}, entry.import_id ${order}, entry.line ${order}`.execute(db);
  return rows;
};

export const countKnowledge = async (db: Db, filter: KnowledgeFilter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${known(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
};

export interface AccountRow {
  readonly account: string;
  readonly email: string | null;
  readonly registeredAt: UtcInstant | null;
  readonly registeredFrom: string | null;
  readonly plan: string | null;
  readonly accesses: number;
  readonly files: number;
}

/** Accounts of the service, by name; each as its first record has it. */
export const windowOfAccounts = async (db: Db, caseRef: string, stretch: Stretch): Promise<readonly AccountRow[]> => {
  const order = sql.raw(orderOf(byName, stretch));
  const { rows } = await sql<AccountRow>`
    select one.*,
           (select count(*) from investigator.access as seen
             where ${visible(caseRef, 'seen')} and seen.account = one.account) as accesses,
           (select count(*) from investigator.item as item
             where ${visible(caseRef, 'item')} and item.account = one.account
               and not policy.with_filter(item.case_ref, 'item/' || item.item_id)) as files
      from (select distinct on (account) account, email, registered_at as "registeredAt",
                   host(registered_from) as "registeredFrom", plan
              from investigator.account as said
             where ${visible(caseRef, 'said')} and ${isPast(byName, stretch)}
             order by account ${order}, import_id, line offset ${stretch.skip} limit ${stretch.limit}) as one
     order by one.account ${order}`.execute(db);
  return rows;
};

export const countAccounts = async (db: Db, caseRef: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(distinct account) as count from investigator.account as said where ${visible(caseRef, 'said')}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
};

/** Addresses that one account was seen at. */
export const usesOfAccount = async (db: Db, caseRef: string, account: string): Promise<readonly AddressUse[]> =>
  (
    await sql<AddressUse>`
      select account, host(address) as address, count(*) as accesses, min(at) as "firstAt", max(at) as "lastAt",
             count(port) as "withPort"
        from investigator.access as seen
       where ${visible(caseRef, 'seen')} and account = ${account}
       group by account, address order by min(at) limit 10000`.execute(db)
  ).rows;
