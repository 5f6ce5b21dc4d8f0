import type { Db } from '@tutela/db';
import { sql } from 'kysely';
import type { ListsBody } from '../api/lists.js';

/** Every list with what its matches came to: one that is often dismissed holds what it should not. */
export const listHealth = async (db: Db): Promise<ListsBody['lists']> => {
  const { rows } = await sql<ListsBody['lists'][number]>`
    select newest.name, newest.imported_at as "importedAt", newest.source_name as "sourceName",
           encode(newest.source_sha256, 'hex') as "sourceSha256", newest.tally -> 'hashes' as hashes,
           (newest.tally ->> 'refused')::int as refused, (newest.tally ->> 'doubled')::int as doubled,
           (newest.tally ->> 'flagged')::int as flagged, versions.count as versions, matched.*
      from (select distinct on (name) * from platform.list_version order by name, imported_at desc) newest
      cross join lateral (
        select count(*)::int as count from platform.list_version where name = newest.name) versions
      cross join lateral (
        select count(*)::int as matches, max(found_at) as "lastMatchAt",
               count(*) filter (where decision = 'confirmed' and basis = 'review')::int as confirmed,
               count(*) filter (where decision = 'dismissed' and basis = 'review')::int as dismissed
          from platform.match
          left join platform.decision on decision.match = match.id
         where match.list_version in (select id from platform.list_version where name = newest.name)) matched
     order by newest.name`.execute(db);
  return rows;
};
