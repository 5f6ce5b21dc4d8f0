import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScratchDatabase, type ScratchDatabase } from './scratch.js';
import { inTransaction, type Tx } from './transaction.js';

let database: ScratchDatabase;
beforeAll(async () => {
  database = await openScratchDatabase();
  await sql`create table thing (id int primary key, word text)`.execute(database.db);
  await sql`insert into thing values (1, 'one')`.execute(database.db);
});
afterAll(() => database.close());

const often = async <T>(act: () => Promise<T>): Promise<T> => {
  for (let time = 1; time < 30; time++) await act();
  return act();
};

const things = async (tx: Tx): Promise<readonly unknown[]> =>
  (await sql`select * from thing where id = ${1}`.execute(tx)).rows;

const prepared = async (tx: Tx): Promise<readonly string[]> =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(tx)).rows.map(
    ({ statement }) => statement,
  );

test('a statement that is used again and again is prepared, one that has no parameters is not', () =>
  inTransaction(database.db, async (tx) => {
    expect(await often(() => things(tx))).toEqual([{ id: 1, word: 'one' }]);
    await often(() => sql`select 1`.execute(tx));
    expect(await prepared(tx)).toEqual(['select * from thing where id = $1']);
  }));

test('a table that gets a column while its statements are prepared is read with it', async () => {
  await inTransaction(database.db, (tx) => often(() => things(tx)));
  await sql`alter table thing add colour text`.execute(database.db);
  const read = await inTransaction(database.db, (tx) => things(tx));
  expect(read).toEqual([{ id: 1, word: 'one', colour: null }]);
});

test('an insertion that finds its index by parameters goes on when it is prepared', async () => {
  await sql`create table place (state text, held text)`.execute(database.db);
  await sql`create unique index on place (held) where state = 'open'`.execute(database.db);
  const put = () =>
    inTransaction(database.db, (tx) =>
      sql`insert into place values ('open', ${'one'}) on conflict (held) where state = ${'open'} do nothing`.execute(
        tx,
      ),
    );
  await often(put);
  const { rows } = await sql`select * from place`.execute(database.db);
  expect(rows).toEqual([{ state: 'open', held: 'one' }]);
});
