// A pass over seized media: what the three digests cost beside the slowest one, and what a file costs.
//
//   npm run bench -- seizure [--long 1024] [--rounds 3] [--files 10000,100000] [--bytes 8704] [--workers 1,2]
//
// `--long` in MiB, read from the page cache in pieces of 1 MiB. `--files` also takes 1000000, of `--bytes`
// in the mean. A pass is a whole one:
// authority asked, rows, decisions and events written, on a database of its own, by worker processes as in the field.
import { spawn } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addSource, startPass } from '@tutela/investigator-desk';
import { seconds } from './clock.mjs';
import { median, printTable } from './table.mjs';

const seizure = new URL('../desks/investigator/dist/seizure/', import.meta.url);
const mebibyte = 1 << 20;
const pieceBytes = mebibyte;

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      long: { type: 'string', default: '1024' },
      rounds: { type: 'string', default: '3' },
      files: { type: 'string', default: '10000,100000' },
      bytes: { type: 'string', default: '8704' },
      workers: { type: 'string', default: '1,2' },
    },
  });
  const numbers = (text) => text.split(',').filter(Boolean).map(Number);
  const work = mkdtempSync(path.join(tmpdir(), 'tutela-bench-'));
  try {
    if (Number(values.long) > 0) await digests(work, Number(values.long), Number(values.rounds));
    await passes(work, numbers(values.files), Number(values.bytes), numbers(values.workers));
  } finally {
    rmSync(work, { recursive: true });
  }
};

/** Wall time, and CPU time of all threads. */
const timed = async (act) => {
  const before = process.cpuUsage();
  const wall = await seconds(act);
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1e6 };
};

const digests = async (work, mebibytes, rounds) => {
  const file = path.join(work, 'long');
  const piece = randomFillSync(Buffer.alloc(mebibyte));
  for (let at = 0; at < mebibytes; at++) appendFileSync(file, piece);
  const { openPieceDigester } = await import(new URL('read/piece-digester.js', seizure));
  const digester = openPieceDigester();
  const names = ['sha256', 'sha1', 'md5'];
  const alone = Object.fromEntries(names.map((name) => [name, []]));
  const together = { whole: [], extents: [] };
  const pass = async (extentBytes) => {
    const handle = await open(file);
    await digester.digest(
      async (room) => (await handle.read(room, 0, room.length, null)).bytesRead,
      extentBytes,
      async () => 'goes-on',
    );
    await handle.close();
  };
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) alone[name].push(await timed(() => oneDigest(file, name)));
    together.whole.push(await timed(() => pass(1 << 30)));
    together.extents.push(await timed(() => pass(128 * mebibyte)));
  }
  await digester.close();
  rmSync(file);
  const middle = (list, of) => median(list.slice(1).map((one) => one[of]));
  const rateOf = (list) => mebibytes / middle(list, 'wall');
  // Round by round, since whatever else this machine does weighs on all of a round alike.
  const slowestIn = (round) => Math.max(...names.map((name) => alone[name][round].wall));
  const ofSlowest = (list) => median(list.map(({ wall }, round) => slowestIn(round) / wall).slice(1));
  const row = (name, list) => [
    name,
    rateOf(list).toFixed(0),
    `${(ofSlowest(list) * 100).toFixed(0)} %`,
    ((middle(list, 'cpu') / mebibytes) * 1024).toFixed(2),
  ];
  printTable(
    `One file of ${mebibytes} MiB, median of ${rounds} rounds`,
    ['', 'MiB/s', 'of the slowest alone', 'CPU s/GiB'],
    [
      ...names.map((name) => row(`${name} alone, one thread`, alone[name])),
      row('all three in one pass', together.whole),
      row('and a digest for each extent of 128 MiB', together.extents),
    ],
  );
};

const oneDigest = (file, name) => {
  const room = Buffer.alloc(pieceBytes);
  const handle = openSync(file, 'r');
  const hash = createHash(name);
  for (let read = -1; read !== 0; ) {
    read = readSync(handle, room, 0, room.length, null);
    hash.update(room.subarray(0, read));
  }
  closeSync(handle);
  return hash.digest('hex');
};

const passes = async (work, counts, bytes, workers) => {
  const rows = [];
  for (const count of counts) {
    const folder = path.join(work, String(count));
    makeFiles(folder, count, bytes);
    let one;
    for (const number of workers) {
      const { elapsed, cpu, databaseCpu, rowBytes } = await onePass(folder, number);
      one ??= elapsed;
      rows.push([
        `${count.toLocaleString('en')} files, ${number} workers`,
        elapsed.toFixed(1),
        ((elapsed / count) * 1e6).toFixed(0),
        ((cpu / count) * 1e6).toFixed(0),
        ((databaseCpu / count) * 1e6).toFixed(0),
        rowBytes.toFixed(0),
        (count / elapsed).toFixed(0),
        `${(one / elapsed).toFixed(2)}×`,
      ]);
    }
    rmSync(folder, { recursive: true });
  }
  printTable(
    `A pass over files of ${bytes} bytes in the mean, half of them in one flat folder: wall time, CPU time of workers and database`,
    ['', 's', 'µs/file', 'workers µs', 'database µs', 'row bytes', 'files/s', 'of one worker'],
    rows,
  );
};

const makeFiles = (folder, count, mean) => {
  const least = Math.ceil(mean / 8.5);
  const most = 2 * mean - least;
  const bytes = randomFillSync(Buffer.alloc(most));
  for (let at = 0; at < count; at++) {
    const own = path.join(folder, at % 2 === 0 ? 'flat' : `storage/user-${at % 997}`);
    if (at < 2000) mkdirSync(own, { recursive: true });
    bytes.writeUInt32LE(at);
    writeFileSync(path.join(own, `${at}.bin`), bytes.subarray(0, least + ((at * 7919) % (most - least))));
  }
};

const onePass = async (folder, number) => {
  const { openSeizureGround, by, caseRef, value } = await import(new URL('seizure.test-support.js', seizure));
  const { openEngine } = await import('@tutela/engine');
  const { seizureWorkflows } = await import(new URL('workflows.js', seizure));
  const { systemClock } = await import('@tutela/core');
  const ground = await openSeizureGround();
  const deps = { db: ground.database.db, clock: systemClock, engine: () => engine };
  const quiet = { log: () => undefined, onLost: () => undefined };
  const engine = await openEngine({
    database: ground.database,
    queues: [],
    workflows: seizureWorkflows(deps),
    ...quiet,
  });
  await ground.authorise({});
  const started = await Promise.all(Array.from({ length: number }, () => startWorker(ground.database.url)));
  const source = { caseRef, exhibit: '3', kind: 'folder', locator: folder, accountPath: 'storage/*' };
  const { source_id: sourceId } = value(await addSource(deps, source, by()));
  const before = started.map(({ pid }) => cpuSecondsOf(pid));
  const databaseBefore = await databaseCpuSeconds(ground.database.pool);
  const elapsed = await seconds(async () => {
    const { pass_id: passId } = value(await startPass(deps, sourceId, by()));
    for (;;) {
      const { rows } = await ground.database.pool.query('select state from investigator.pass where pass_id = $1', [
        passId,
      ]);
      if (rows[0].state === 'ended') break;
      await sleep(50);
    }
  });
  const cpu = started.reduce((sum, { pid }, at) => sum + cpuSecondsOf(pid) - before[at], 0);
  const databaseCpu = (await databaseCpuSeconds(ground.database.pool)) - databaseBefore;
  const { rows } = await ground.database.pool.query(
    "select pg_total_relation_size('investigator.item')::float8 / count(*) as bytes from investigator.item",
  );
  for (const { child } of started) child.kill('SIGKILL');
  await engine.close();
  await ground.close();
  return { elapsed, cpu, databaseCpu, rowBytes: rows[0].bytes };
};

const startWorker = (url) =>
  new Promise((resolve) => {
    const entry = fileURLToPath(new URL('worker.test-support.js', seizure));
    const child = spawn(process.execPath, [entry, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', (line) => resolve({ child, pid: Number(line.toString()) }));
  });

/** Of the processes that serve connections to this database; each connection lasts as long as its pool. */
const databaseCpuSeconds = async (pool) => {
  const { rows } = await pool.query('select pid from pg_stat_activity where datname = current_database()');
  return rows.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0);
};

/** Of a process on Linux, from its start (proc(5), fields 14 and 15); a tick is 10 ms. */
const cpuSecondsOf = (pid) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
