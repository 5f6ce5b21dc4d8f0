// Who held an address and port at a moment ± 5 s: look-ups a second in 20 million block leases, ours and three databases
// on the same leases in one run; every answer has to agree. Rates are by CPU time, since the machine may be busy with
// other things: of this process, and for PostgreSQL of its backend as well, without the time on the way between them.
//
//   npm run bench -- attribution [--addresses 1000] [--only ours,sqlite,postgres,duckdb]
//
// SQLite stands in no package.json, since it compiles at installation. To have it in the table:
//   mkdir F && cd F && npm init -y && npm install better-sqlite3@12.11.1, then TUTELA_BENCH_SQLITE=F npm run bench -- …
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { duckdb, postgres, sqlite, writeCsv } from './attribution/databases.mjs';
import { blocks, checksum, leasesEach, questions } from './attribution/leases.mjs';
import { askOurs, buildOurs, removeOurs } from './attribution/ours.mjs';
import { printTable } from './table.mjs';

const counts = { ours: 1_000_000, sqlite: 200_000, postgres: 10_000, duckdb: 400 };
/** Every contestant is asked these. */
const shared = 400;
/** The best of these counts, for everybody. */
const rounds = 3;
/** What both may keep in memory of the records, beside all of them and none. */
const budgets = [64 << 20, 256 << 20];
const targets = { sqlite: 10, postgres: 50, duckdb: 500 };

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      addresses: { type: 'string', default: '1000' },
      only: { type: 'string', default: 'ours,sqlite,postgres,duckdb' },
    },
  });
  const addresses = Number(values.addresses);
  const leases = addresses * blocks * leasesEach;
  const wanted = values.only.split(',');
  const work = mkdtempSync(path.join(tmpdir(), 'tutela-bench-'));
  // The PostgreSQL server may be another user's process, and reads the leases itself.
  chmodSync(work, 0o755);
  try {
    const asked = questions(addresses, counts.ours);
    const results = ours(work, addresses, leases, asked, 'whole');
    if (wanted.some((name) => name === 'postgres' || name === 'duckdb'))
      await writeCsv(path.join(work, 'leases.csv'), addresses);
    for (const name of ['sqlite', 'postgres', 'duckdb'].filter((one) => wanted.includes(one))) {
      const result = await measure(name, work, addresses, asked);
      if (result === undefined) console.log(`${name}: skipped, it is not installed (see bench/attribution.mjs)`);
      else {
        for (const { title, perSecond } of result) console.log(`${title}: ${perSecond.toFixed(0)} look-ups a second`);
        results.push(...result.map((one) => ({ ...one, name, bytes: one.bytes / leases })));
      }
    }
    if (wanted.includes('ours')) results.push(...ours(work, addresses, leases, asked, 'daily'));
    report(results, leases, asked);
    reportOurs(results);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

const ours = (work, addresses, leases, asked, form) => {
  const built = buildOurs(work, addresses, form);
  console.log(
    `${form}: ${built.records} records of ${leases} leases, ${(built.bytes / built.records).toFixed(2)} B a record, ` +
      `built in ${(built.buildMs / 1000).toFixed(1)} s, peak ${megabytes(built.peak)} of memory`,
  );
  const ways = [
    { records: 'resident', what: 'resident' },
    ...budgets.map((cacheBytes) => ({ records: 'on-disk', cacheBytes, what: `${megabytes(cacheBytes)} of cache` })),
    { records: 'on-disk', cacheBytes: undefined, what: 'a read each' },
  ];
  const results = ways.map(({ what, ...way }) => {
    const { perSecond, openMs, answers } = askOurs(built.paths, asked, { ...way, rounds, kept: counts.sqlite });
    const segments = form === 'whole' ? 'one segment' : `${built.paths.length} day segments`;
    const title = `Tutela, ${segments}, ${what}`;
    console.log(`${title}: ${perSecond.toFixed(0)} look-ups a second, opened and checked in ${openMs.toFixed(0)} ms`);
    const budget = way.records === 'resident' ? 'all' : (way.cacheBytes ?? 'none');
    return {
      name: 'ours',
      form,
      budget,
      title,
      perSecond,
      answers,
      buildMs: built.buildMs,
      bytes: built.bytes / leases,
    };
  });
  removeOurs(built.paths);
  return results;
};

const makers = {
  sqlite: (work, addresses) => sqlite(work, addresses),
  postgres: (work) => postgres(work, path.join(work, 'leases.csv')),
  duckdb: (work) => duckdb(work, path.join(work, 'leases.csv')),
};

const measure = async (name, work, addresses, asked) => {
  const contestant = await makers[name](work, addresses);
  if (contestant === undefined) return undefined;
  const began = performance.now();
  const bytes = await contestant.build();
  const buildMs = performance.now() - began;
  const few = asked.slice(0, counts[name]);
  const measured = [];
  for (const cacheBytes of name === 'sqlite' ? [undefined, ...budgets] : [undefined]) {
    let best = Number.POSITIVE_INFINITY;
    let answers = [];
    for (let round = 0; round < rounds; round++) {
      const { value, seconds } = await contestant.ask(few, cacheBytes);
      best = Math.min(best, seconds);
      answers = value;
    }
    const title = cacheBytes === undefined ? contestant.name : `${contestant.name}, ${megabytes(cacheBytes)} of cache`;
    measured.push({ title, budget: cacheBytes ?? 'all', perSecond: few.length / best, bytes, buildMs, answers });
  }
  await contestant.close();
  return measured;
};

const report = (results, leases, asked) => {
  const [best] = results;
  for (const { title, answers } of results) {
    const several = Math.min(answers.length, best.answers.length);
    const same = checksum(answers.slice(0, several)) === checksum(best.answers.slice(0, several));
    if (!same) throw new Error(`${title} answers otherwise`);
  }
  const found = best.answers.slice(0, shared).filter((holders) => holders.length > 0).length;
  printTable(
    `${leases} leases; ${found} of the first ${shared} of ${asked.length} questions have a holder, every answer is the same`,
    ['who', 'look-ups a second', 'ours is faster by', 'wanted', 'bytes a lease', 'built in'],
    results.map(({ title, name, budget, perSecond, bytes, buildMs }) => [
      title,
      perSecond.toFixed(0),
      (best.perSecond / perSecond).toFixed(1),
      targets[name] === undefined || budget !== 'all' ? '' : `≥ ${targets[name]}`,
      bytes.toFixed(1),
      `${(buildMs / 1000).toFixed(1)} s`,
    ]),
  );
};

/** The databases keep all they like; SQLite beside that as much as ours, too. */
const reportOurs = (results) => {
  const others = results.filter(({ name }) => name !== 'ours');
  const times = (ours, name, budget) => {
    const other = others.find((one) => one.name === name && one.budget === budget);
    return other === undefined ? '' : (ours.perSecond / other.perSecond).toFixed(1);
  };
  printTable(
    'Each way of keeping ours: how many times as fast as',
    ['who', 'SQLite', 'SQLite, the same cache', 'PostgreSQL', 'DuckDB'],
    results
      .filter(({ name }) => name === 'ours')
      .map((ours) => [
        ours.title,
        times(ours, 'sqlite', 'all'),
        times(ours, 'sqlite', ours.budget),
        times(ours, 'postgres', 'all'),
        times(ours, 'duckdb', 'all'),
      ]),
  );
};

const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
