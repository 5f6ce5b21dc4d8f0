// SHA-256, SHA-1 and MD5 of files: many small ones and one long one; peers: the three coreutils one after another.
//
//   npm run bench -- files [--small 50000] [--long 512] [--rounds 5]
//
// Wall time, from the page cache: what counts is what a scan waits for. `--long` in MiB.
import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { digestFileSync, openDigester } from '@tutela/fingerprint';
import { seconds } from './clock.mjs';
import { median, printTable } from './table.mjs';

const smallBytes = 4096;
const mebibyte = 1 << 20;

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      small: { type: 'string', default: '50000' },
      long: { type: 'string', default: '512' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const work = mkdtempSync(path.join(tmpdir(), 'tutela-bench-'));
  try {
    await smallFiles(work, Number(values.small), Number(values.rounds));
    await longFile(work, Number(values.long), Number(values.rounds));
  } finally {
    rmSync(work, { recursive: true });
  }
};

const coreutils = (folder, ...names) => {
  for (const tool of ['sha256sum', 'sha1sum', 'md5sum']) {
    const { status } = spawnSync(tool, names, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`${tool} ended with ${status}`);
  }
};

const smallFiles = async (work, count, rounds) => {
  const folder = path.join(work, 'small');
  mkdirSync(folder);
  const bytes = Buffer.alloc(smallBytes);
  for (let at = 0; at < count; at++) writeFileSync(path.join(folder, String(at)), randomFillSync(bytes));
  const names = readdirSync(folder);
  const [ours, theirs] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    ours.push(
      await seconds(() => {
        for (const name of names) digestFileSync(path.join(folder, name));
      }),
    );
    // A command line holds so many names, as `xargs` would cut them.
    theirs.push(
      await seconds(() => {
        for (let at = 0; at < count; at += 5000) coreutils(folder, ...names.slice(at, at + 5000));
      }),
    );
  }
  const row = (name, list) => {
    const each = median(list.slice(1)) / count;
    return [
      name,
      (each * 1e6).toFixed(1),
      (1 / each).toFixed(0),
      `${(median(theirs.slice(1)) / count / each).toFixed(2)}×`,
    ];
  };
  printTable(
    `${count} files of 4 kB, three digests each, one thread, median of ${rounds} rounds`,
    ['', 'µs a file', 'files/s', 'of coreutils'],
    [row('Tutela', ours), row('sha256sum, sha1sum, md5sum', theirs)],
  );
  rmSync(folder, { recursive: true });
};

const longFile = async (work, mebibytes, rounds) => {
  const file = path.join(work, 'long');
  const piece = Buffer.alloc(mebibyte);
  for (let at = 0; at < mebibytes; at++) appendFileSync(file, randomFillSync(piece));
  const digester = openDigester();
  const [one, two, theirs] = [[], [], []];
  for (let round = 0; round <= rounds; round++) {
    one.push(await seconds(() => digestFileSync(file)));
    two.push(await seconds(() => digester.digest(file)));
    theirs.push(await seconds(() => coreutils(work, 'long')));
  }
  await digester.close();
  const row = (name, list) => {
    const rate = mebibytes / median(list.slice(1));
    return [name, rate.toFixed(0), `${((rate * median(theirs.slice(1))) / mebibytes).toFixed(2)}×`];
  };
  printTable(
    `One file of ${mebibytes} MiB, three digests, median of ${rounds} rounds`,
    ['', 'MiB/s', 'of coreutils'],
    [
      row('Tutela, on the calling thread', one),
      row('Tutela, two threads', two),
      row('sha256sum, sha1sum, md5sum', theirs),
    ],
  );
};
