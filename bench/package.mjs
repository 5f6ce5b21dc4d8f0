// Time to check an evidence package with many events, beside plain `sha512sum` of the same files.
//
//   npm run bench -- package [--events 1000000] [--rounds 1] [--keep FOLDER]
//
// The package is made up (packages/evidence/src/sample): every second leaf of the log is of another case, so that there are
// as many hashes in nodes.json as events. The check runs as `node verify.mjs`, in a process of its own whose peak is told.
// Seconds are of CPU, so that a machine at other work does not count; the ratio is to those of sha512sum over the same files.
// Both read what the page cache holds.
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
/** Prints its own peak in KiB and CPU time in microseconds at the end. */
const usagePrinter =
  'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();' +
  'console.error("peak",u.maxRSS,"cpu",u.userCPUTime+u.systemCPUTime)})';

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

const checkOnce = (folder, trust) => {
  const args = ['--import', usagePrinter, verifier, folder, '--trust', trust, '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const { verdict, checked } = JSON.parse(stdout);
  const [, peak, cpu] = /peak (\d+) cpu (\d+)/.exec(stderr);
  return { verdict, checked, seconds: Number(cpu) / 1e6, peak: Number(peak) / 1024 };
};

/** CPU seconds of sha512sum. */
const sumOnce = (files) => {
  const script = 'TIMEFORMAT="%U %S"; time sha512sum "$@" > /dev/null';
  const { stderr } = spawnSync('bash', ['-c', script, 'bash', ...files], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stderr
    .trim()
    .split(' ')
    .map(Number)
    .reduce((sum, each) => sum + each, 0);
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
    const sums = sumOnce(files);
    return { ...checkOnce(folder, trust), sums };
  });
  const [first] = rounds;
  const seconds = median(rounds.map((each) => each.seconds));
  const sums = median(rounds.map((each) => each.sums));
  printTable(
    `${first.checked.events.toLocaleString('en')} events and ${first.checked.nodes.toLocaleString('en')} hashes, ${megabytes.toFixed(0)} MB: ${first.verdict}`,
    ['', 'CPU s', 'events/s', 'MB/s', 'peak MB', 'ratio'],
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
