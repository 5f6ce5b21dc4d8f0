import { openDatabase } from '@tutela/db';
import { sql } from 'kysely';

/**
 * Fills a queue with copies of its one real match, each with a name that says which it is: `copy-1` is the oldest.
 * @param data folder of the installation
 * @returns how many matches the database counts then
 */
export const fillWithMatches = async (data: string, rows: number): Promise<number | undefined> => {
  const database = await openDatabase({ dataFolder: data });
  try {
    await sql`
      insert into platform.match (id, upload, account, name, sha256, sha1, md5, size, kind, list_version, list_kind,
        list_line, distance, found_at)
      select gen_random_uuid(), upload, account, 'copy-' || nth, sha256, sha1, md5, size, kind, list_version, list_kind,
        list_line, distance, found_at - (${rows}::integer - nth) * interval '1 millisecond'
      from platform.match, generate_series(1, ${rows}::integer - 1) as nth`.execute(database.db);
    await sql`vacuum analyze platform.match`.execute(database.db);
    const { rows: counted } = await sql<{ readonly count: number }>`
      select count(*)::integer as count from platform.match`.execute(database.db);
    return counted[0]?.count;
  } finally {
    await database.close();
  }
};
