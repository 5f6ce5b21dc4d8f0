// Time to check an evidence package with many events, beside plain `sha512sum` of the same files.
//
//   npm run bench -- package [--events 1000000] [--rounds 1] [--keep FOLDER]
//
// The package is made up (packages/evidence/src/sample): every second leaf of the log is of another case, so that there are
// as many hashes in nodes.json as events. The check runs as `node verify.mjs`, in a process of its own whose peak is told.
// Its ratio is its time over that of sha512sum over the same files; both read what the page cache holds.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openTimeAuthority } from '@tutela/testkit';
import { median, printTable } from './table.mjs';

const root = path.dirname(import.meta.dirname);
const evidence = path.join(root, 'packages', 'evidence', 'dist');
const verifier = path.join(evidence, 'standalone', 'verify.mjs');
/** Prints its own peak, in KiB, after the report. */
const peakPrinter = 'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

const timed = (act) => {
  const start = performance.now();
  const value = act();
  return { value, seconds: (performance.now() - start) / 1000 };
};

const checkOnce = (folder, trust) => {
  const args = ['--import', peakPrinter, verifier, folder, '--trust', trust, '--json'];
  const { value, seconds } = timed(() => spawnSync(process.execPath, args, { encoding: 'utf8' }));
  const { verdict, checked } = JSON.parse(value.stdout);
  return { verdict, checked, seconds, peak: Number(/peak (\d+)/.exec(value.stderr)?.[1]) / 1024 };
};

const makePackage = async (folder, events) => {
  const { writeSamplePackage } = await import(path.join(evidence, 'sample', 'sample-package.test-support.js'));
  const authority = await openTimeAuthority();
  mkdirSync(folder, { recursive: true });
  const trust = await writeSamplePackage(folder, { events, authority });
  await authority.close();
  writeFileSync(`${folder}.trust.json`, JSON.stringify({ v: 1, ...trust }));
};

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      events: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '1' },
      keep: { type: 'string' },
    },
  });
  const work = values.keep ?? mkdtempSync(path.join(tmpdir(), 'package-bench-'));
  const folder = path.join(work, 'package-1');
  const trust = `${folder}.trust.json`;
  if (!existsSync(trust)) await makePackage(folder, Number(values.events));
  const files = filesBelow(folder);
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  for (const file of files) readFileSync(file);
  const rounds = Array.from({ length: Number(values.rounds) }, () => {
    const sums = timed(() => spawnSync('sha512sum', files, { stdio: 'ignore' }));
    return { ...checkOnce(folder, trust), sums: sums.seconds };
  });
  const [first] = rounds;
  const seconds = median(rounds.map((each) => each.seconds));
  const sums = median(rounds.map((each) => each.sums));
  printTable(
    `${first.checked.events.toLocaleString('en')} events and ${first.checked.nodes.toLocaleString('en')} hashes, ${megabytes.toFixed(0)} MB: ${first.verdict}`,
    ['', 's', 'events/s', 'MB/s', 'peak MB', 'ratio'],
    [
      [
        'verify.mjs',
        seconds.toFixed(1),
        (first.checked.events / seconds).toFixed(0),
        (megabytes / seconds).toFixed(0),
        Math.max(...rounds.map((each) => each.peak)).toFixed(0),
        (seconds / sums).toFixed(1),
      ],
      ['sha512sum', sums.toFixed(1), '', (megabytes / sums).toFixed(0), '', '1.0'],
    ],
  );
  if (values.keep === undefined) rmSync(work, { recursive: true });
};
