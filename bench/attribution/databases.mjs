import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { openDatabase } from '@tutela/db';
import { eachLease } from './leases.mjs';
import { secondsSince } from './ours.mjs';

// DuckDB is the package's, and is found where the package finds it.
const { DuckDBInstance } = createRequire(new URL('../../packages/attribution/package.json', import.meta.url))(
  '@duckdb/node-api',
);

/** The leases as text, once, for the databases that load files. */
export const writeCsv = async (file, addresses) => {
  const out = createWriteStream(file);
  let lines = [];
  let bytes = 0;
  eachLease(addresses, (ip, first, from, to, subscriber) => {
    lines.push(`${ip - 2 ** 31},${first},${from},${to},${subscriber}\n`);
    if (lines.length === 10_000) {
      const chunk = lines.join('');
      bytes += chunk.length;
      lines = [];
      out.write(chunk);
    }
  });
  out.end(lines.join(''));
  await once(out, 'finish');
  return bytes;
};

const signed = (ip) => ip - 2 ** 31;
/** CPU time of this process, and of another that works for it. */
const time = async (work, other = () => 0) => {
  const [began, before] = [process.cpuUsage(), other()];
  const value = await work();
  return { value, seconds: secondsSince(began) + other() - before };
};

/** CPU seconds that a process has used (proc(5): utime and stime are members 14 and 15, in hundredths of a second). */
const cpuOf = (pid) => {
  const members = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
  return (Number(members[11]) + Number(members[12])) / 100;
};

/** A clustered table: the primary key is where the rows stand. */
export const sqlite = (work, addresses) => {
  const folder = process.env.TUTELA_BENCH_SQLITE ?? '';
  if (folder === '' || !existsSync(path.join(folder, 'node_modules/better-sqlite3'))) return undefined;
  const Database = createRequire(path.join(folder, 'package.json'))('better-sqlite3');
  const file = path.join(work, 'leases.sqlite');
  const db = new Database(file);
  return {
    name: 'SQLite, clustered primary key',
    build: async () => {
      db.pragma('journal_mode = off');
      db.pragma('synchronous = off');
      db.pragma('cache_size = -1000000');
      db.exec(`create table lease (ip integer, first integer, start integer, stop integer, holder integer,
        primary key (ip, first, start)) without rowid`);
      const insert = db.prepare('insert into lease values (?, ?, ?, ?, ?)');
      db.exec('begin');
      eachLease(addresses, (ip, first, from, to, subscriber) => insert.run(signed(ip), first, from, to, subscriber));
      db.exec('commit');
      return statSync(file).size;
    },
    /** @param cacheBytes how much SQLite may keep; left out, all of it */
    ask: async (asked, cacheBytes = 2 ** 30) => {
      db.pragma(`cache_size = -${cacheBytes / 1024}`);
      db.pragma('shrink_memory');
      const find = db.prepare(
        'select stop, holder from lease where ip = ? and first = ? and start <= ? order by start desc limit 2',
      );
      find.raw(true);
      return time(() =>
        asked.map(({ ip, first, from, to }) =>
          find
            .all(signed(ip), first, to)
            .filter(([stop]) => stop >= from)
            .map(([, holder]) => holder),
        ),
      );
    },
    close: () => db.close(),
  };
};

/** A covering B-tree over a local socket, the statement prepared once. */
export const postgres = async (work, csv) => {
  const database = await openDatabase({ dataFolder: path.join(work, 'postgres'), name: 'bench', poolSize: 1 });
  const client = await database.pool.connect();
  return {
    name: 'PostgreSQL, covering B-tree',
    build: async () => {
      await client.query(
        'create unlogged table lease (ip int4, first int4, start int8, stop int8, holder int4) with (autovacuum_enabled = off)',
      );
      await client.query("set maintenance_work_mem = '1GB'");
      await client.query(`copy lease from '${csv}' (format csv)`);
      await client.query('create index lease_by_key on lease (ip, first, start) include (stop, holder)');
      await client.query('vacuum analyze lease');
      const { rows } = await client.query("select pg_total_relation_size('lease')::int8 as bytes");
      return Number(rows[0].bytes);
    },
    ask: async (asked) => {
      const one = ({ ip, first, from, to }) =>
        client
          .query({
            name: 'holder',
            text: `select stop, holder from lease where ip = $1::int4 and first = $2::int4 and start <= $3::int8
                   order by start desc limit 2`,
            values: [signed(ip), first, to],
            rowMode: 'array',
          })
          .then(({ rows }) => rows.filter(([stop]) => Number(stop) >= from).map(([, holder]) => holder));
      const { rows } = await client.query('select pg_backend_pid() as pid');
      return time(
        async () => {
          const answers = [];
          for (const question of asked) answers.push(await one(question));
          return answers;
        },
        () => cpuOf(rows[0].pid),
      );
    },
    close: async () => {
      client.release();
      await database.close();
    },
  };
};

/** A sorted table, the block key given, parameters cast to the columns' types: the fastest form found (§6). */
export const duckdb = async (work, csv) => {
  const file = path.join(work, 'leases.duckdb');
  const instance = await DuckDBInstance.create(file, { memory_limit: '4GB' });
  const connection = await instance.connect();
  return {
    name: 'DuckDB, sorted table',
    build: async () => {
      await connection.run(`create table lease as select * from read_csv('${csv}', header = false, columns =
        {'ip': 'integer', 'first': 'integer', 'start': 'bigint', 'stop': 'bigint', 'holder': 'integer'})`);
      await connection.run('checkpoint');
      return statSync(file).size;
    },
    ask: async (asked) => {
      // One core, as everybody has.
      await connection.run('set threads = 1');
      const find = await connection.prepare(`select holder from lease where ip = $1::integer and first = $2::integer
        and start <= $3::bigint and stop >= $4::bigint`);
      return time(async () => {
        const answers = [];
        for (const { ip, first, from, to } of asked) {
          find.bindInteger(1, signed(ip));
          find.bindInteger(2, first);
          find.bindBigInt(3, BigInt(to));
          find.bindBigInt(4, BigInt(from));
          const reader = await find.runAndReadAll();
          answers.push(reader.getRows().map(([holder]) => holder));
        }
        return answers;
      });
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
};
