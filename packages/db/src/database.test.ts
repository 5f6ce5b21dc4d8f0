import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from './database.js';
import { placesOf } from './embedded/places.js';
import { serverIsAlive } from './embedded/probe.js';
import { runMigrations } from './migrations.js';
import { openScratchDatabase, type ScratchDatabase } from './scratch.js';
import { inTransaction } from './transaction.js';

let base: string;
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'tutela db test '));
});
afterAll(() => rm(base, { recursive: true, force: true }));

const waitUntil = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(100);
};

describe('the embedded server', () => {
  test('starts in a folder with spaces, is shared, and keeps what was committed', async () => {
    const dataFolder = path.join(base, 'a folder');
    const [one, two] = await Promise.all([openDatabase({ dataFolder }), openDatabase({ dataFolder })]);
    await sql`create table kept (word text)`.execute(one.db);
    await sql`insert into kept values ('here')`.execute(two.db);
    await Promise.all([one.close(), two.close()]);
    const again = await openDatabase({ dataFolder });
    const { rows } = await sql<{ word: string }>`select word from kept`.execute(again.db);
    expect(rows).toEqual([{ word: 'here' }]);
    await again.close();
  });

  test('the server ends by itself after its last user was killed', async () => {
    const dataFolder = path.join(base, 'killed');
    const places = await placesOf(dataFolder);
    const entry = new URL('./index.js', import.meta.url).href;
    const program = `const { openDatabase } = await import(${JSON.stringify(entry)});
      await openDatabase({ dataFolder: ${JSON.stringify(dataFolder)} });
      console.log('open'); setInterval(() => {}, 1000);`;
    const user = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => user.stdout.once('data', resolve));
    expect(await serverIsAlive(places)).toBe(true);
    user.kill('SIGKILL');
    await waitUntil(async () => !(await serverIsAlive(places)));
  });

  test('a killed keeper is replaced and the database answers again', async () => {
    const dataFolder = path.join(base, 'keeper');
    const database = await openDatabase({ dataFolder });
    // One connection is in use when the server goes, which must fail that use and nothing else.
    const held = await database.pool.connect();
    const keepers = spawnSync('pgrep', ['-f', `keeper.js ${dataFolder}`], { encoding: 'utf8' });
    process.kill(Number(keepers.stdout.trim()), 'SIGKILL');
    const answers = () =>
      sql`select 1`.execute(database.db).then(
        () => true,
        () => false,
      );
    await waitUntil(async () => !(await answers()));
    await waitUntil(answers);
    held.release(true);
    await database.close();
  });
});

describe('on a database', () => {
  let scratch: ScratchDatabase;
  beforeAll(async () => {
    scratch = await openScratchDatabase();
  });
  afterAll(() => scratch.close());

  test('migrations run once though two processes start together, and a new one is added later', async () => {
    const folder = path.join(base, 'migrations');
    await mkdir(folder);
    const set = { schema: 'example', folder: pathToFileURL(`${folder}/`) };
    await writeFile(
      path.join(folder, '0001_first.sql'),
      'create table example.one (n int); insert into example.one values (1);',
    );
    await Promise.all([runMigrations(scratch.db, [set]), runMigrations(scratch.db, [set])]);
    await writeFile(path.join(folder, '0002_second.sql'), 'insert into example.one values (2);');
    await runMigrations(scratch.db, [set]);
    const { rows } = await sql`select n from example.one order by n`.execute(scratch.db);
    expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('a transaction that meets a deadlock runs again', async () => {
    await sql`create table account (id int primary key, n int)`.execute(scratch.db);
    await sql`insert into account values (1, 0), (2, 0)`.execute(scratch.db);
    const cross = (first: number, second: number) =>
      inTransaction(scratch.db, async (tx) => {
        await sql`update account set n = n + 1 where id = ${first}`.execute(tx);
        await sleep(50);
        await sql`update account set n = n + 1 where id = ${second}`.execute(tx);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    const { rows } = await sql`select id, n from account order by id`.execute(scratch.db);
    expect(rows).toEqual([
      { id: 1, n: 2 },
      { id: 2, n: 2 },
    ]);
  });

  test('whole numbers and moments come back as numbers and UTC instants', async () => {
    const { rows } = await sql`select 9007199254740991::int8 n, '2026-03-01T10:15:00.5-03'::timestamptz at`.execute(
      scratch.db,
    );
    expect(rows).toEqual([{ n: 9007199254740991, at: '2026-03-01T13:15:00.500Z' }]);
    await expect(sql`select 9007199254740993::int8 n`.execute(scratch.db)).rejects.toThrow('does not fit');
  });
});
