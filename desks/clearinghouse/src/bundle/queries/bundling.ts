import type { UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Tx } from '@tutela/db';
import { sql } from 'kysely';
import type { BundleKey, BundleKind } from '../keys.js';

/** One at a time decides which reports belong together, so that none of two with one key misses the other. */
export const lockBundling = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('clearinghouse.bundle'))`.execute(tx);
};

export const insertKeys = async (tx: Tx, keys: readonly BundleKey[]): Promise<void> => {
  if (keys.length === 0) return;
  await sql`
    insert into clearinghouse.bundle_key (kind, key, report_number, variant, because)
    select kind, key, report_number, variant, because::jsonb
      from unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ key }) => key)}::text[],
                  ${keys.map(({ reportNumber }) => reportNumber)}::bigint[],
                  ${keys.map(({ variant }) => variant)}::text[],
                  ${keys.map(({ because }) => JSON.stringify(because))}::text[])
        as given(kind, key, report_number, variant, because)
     where exists (select from clearinghouse.report where report.report_number = given.report_number)
        on conflict do nothing`.execute(tx);
};

/** Keys of what the pictures of these reports look like, where somebody has looked. */
export const insertPictureKeys = async (tx: Tx, reports: readonly ReportNumber[]): Promise<void> => {
  await sql`
    insert into clearinghouse.bundle_key (kind, key, report_number, variant, because)
    select distinct on (picture.seed, file.report_number, file.sha256)
           'picture', picture.seed, file.report_number, file.sha256,
           jsonb_build_object('file', file.file_id, 'sha256', file.sha256, 'like', picture.seed)
      from clearinghouse.file join clearinghouse.picture using (sha256)
     where file.report_number = any(${reports}::bigint[]) and picture.seed is not null
     order by picture.seed, file.report_number, file.sha256, file.ordinal
        on conflict do nothing`.execute(tx);
};

export interface NewBundle {
  readonly bundle_id: string;
  readonly kind: BundleKind;
  readonly key: string;
}

/** Bundles for keys of these reports that another report has as well and that have no bundle yet. */
export const insertBundles = async (
  tx: Tx,
  reports: readonly ReportNumber[],
  at: UtcInstant,
): Promise<readonly NewBundle[]> => {
  const { rows } = await sql<NewBundle>`
    with touched as (
      select distinct kind, key from clearinghouse.bundle_key where report_number = any(${reports}::bigint[])
    )
    insert into clearinghouse.bundle (bundle_id, kind, key, made_at)
    select gen_random_uuid(), kind, key, ${at}::timestamptz from touched
     where not exists (select from clearinghouse.bundle where (bundle.kind, bundle.key) = (touched.kind, touched.key))
       and exists (
         select from (select variant, report_number from clearinghouse.bundle_key as key
                       where (key.kind, key.key) = (touched.kind, touched.key)
                       order by variant, report_number limit 1) as first
           join (select variant, report_number from clearinghouse.bundle_key as key
                  where (key.kind, key.key) = (touched.kind, touched.key)
                  order by variant desc, report_number desc limit 1) as last
             on first.variant <> last.variant and first.report_number <> last.report_number)
    returning bundle_id, kind, key`.execute(tx);
  return rows;
};

export interface Joined {
  readonly bundle_id: string;
  readonly report_number: ReportNumber;
}

/** These reports into the bundles of their keys, and whatever has the key of a new bundle into that. */
export const insertMembers = async (
  tx: Tx,
  { reports, bundles }: { readonly reports: readonly ReportNumber[]; readonly bundles: readonly NewBundle[] },
  at: UtcInstant,
): Promise<readonly Joined[]> => {
  const { rows } = await sql<Joined>`
    with due as (
      select bundle.bundle_id, key.report_number, key.variant, key.because
        from clearinghouse.bundle_key as key join clearinghouse.bundle using (kind, key)
       where key.report_number = any(${reports}::bigint[])
       union
      select bundle.bundle_id, key.report_number, key.variant, key.because
        from clearinghouse.bundle join clearinghouse.bundle_key as key using (kind, key)
       where bundle.bundle_id = any(${bundles.map(({ bundle_id }) => bundle_id)}::uuid[])
    )
    insert into clearinghouse.bundle_member (bundle_id, report_number, because, joined_at)
    select bundle_id, report_number, jsonb_agg(because order by variant), ${at}::timestamptz
      from due group by bundle_id, report_number
        on conflict do nothing
    returning bundle_id, report_number::text as report_number`.execute(tx);
  return rows;
};

/** How many earlier reports of the same accounts each of these has; counted up to 100. */
export const countEarlier = async (
  tx: Tx,
  reports: readonly ReportNumber[],
): Promise<ReadonlyMap<ReportNumber, number>> => {
  const { rows } = await sql<{ report_number: ReportNumber; earlier: number }>`
    select own.report_number::text as report_number, max(earlier.count)::int as earlier
      from clearinghouse.bundle_key as own
     cross join lateral (
       select count(*) from (select from clearinghouse.bundle_key as other
                              where other.kind = 'account' and other.key = own.key
                                and other.report_number < own.report_number limit 100) as found) as earlier
     where own.kind = 'account' and own.report_number = any(${reports}::bigint[])
     group by own.report_number`.execute(tx);
  return new Map(rows.map(({ report_number, earlier }) => [report_number, earlier]));
};
