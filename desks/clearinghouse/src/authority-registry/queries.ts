import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { AuthorityId, AuthorityTable } from '../referral/schema.js';
import { routingTables } from '../referral/tables.js';

export type Authority = Selectable<AuthorityTable>;

/** Writes rows as they came; an authority that was there is changed, one that the file lacks stays. */
export const putAuthorities = async (tx: Tx, rows: readonly Insertable<AuthorityTable>[]): Promise<void> => {
  if (rows.length === 0) return;
  const text = JSON.stringify(
    rows.map((row) => ({ ...row, languages: [...row.languages], incident_types: [...row.incident_types] })),
  );
  await sql`
    insert into clearinghouse.authority
    select (jsonb_populate_record(null::clearinghouse.authority, given)).*
      from jsonb_array_elements(${text}::jsonb) as given
    on conflict (authority_id) do update
       set (country, name, jurisdiction, takes, channel, address, languages, incident_types, instruments, standing,
            source, source_date, file_sha256, imported_at, imported_by) =
           (excluded.country, excluded.name, excluded.jurisdiction, excluded.takes, excluded.channel, excluded.address,
            excluded.languages, excluded.incident_types, excluded.instruments, excluded.standing, excluded.source,
            excluded.source_date, excluded.file_sha256, excluded.imported_at, excluded.imported_by)`.execute(tx);
};

export const listAuthorities = async (
  db: Db | Tx,
  of: { readonly country?: string; readonly standing?: AuthorityTable['standing'] } = {},
): Promise<readonly Authority[]> => {
  let query = routingTables(db).selectFrom('clearinghouse.authority').selectAll().orderBy('authority_id');
  if (of.country !== undefined) query = query.where('country', '=', of.country);
  if (of.standing !== undefined) query = query.where('standing', '=', of.standing);
  return await query.execute();
};

export const findAuthority = (db: Db | Tx, authorityId: string): Promise<Authority | undefined> =>
  routingTables(db)
    .selectFrom('clearinghouse.authority')
    .selectAll()
    .where('authority_id', '=', authorityId as AuthorityId)
    .executeTakeFirst();

/**
 * Puts reports for which these countries had no authority up for routing again.
 * @returns how many
 */
export const requeueUnroutable = async (
  tx: Tx,
  { countries, at }: { readonly countries: readonly string[]; readonly at: UtcInstant },
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with again as (
      insert into clearinghouse.routing_pending (report_number, queued_at)
      select distinct report_number, ${at}::timestamptz from clearinghouse.routing
       where country = any (${countries}::text[])
         and reason in ('no-authority-in-country', 'incident-type-not-taken', 'no-child-protection-authority')
      on conflict (report_number) do nothing
      returning 1)
    select count(*)::int as n from again`.execute(tx);
  return rows[0]?.n ?? 0;
};
