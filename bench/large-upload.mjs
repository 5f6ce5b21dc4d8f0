// One large file into a clearinghouse over HTTP: how much memory each side holds at its peak.
//
//   npm run bench -- large-upload [--gib 5]
//
// Sender and clearinghouse are processes of their own; the bytes are made as they are sent. The objects need that much
// room in the temporary folder and are removed afterwards. Exits with 1 when either side held more than 300 MB.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { printTable } from './table.mjs';

const allowed = 300e6;

const start = (program, args) => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'filing', program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, ended, nextLine: async () => (await lines.next()).value };
};

/** Most resident memory a living process ever had, bytes. */
const peakOf = ({ pid }) => 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);

export const run = async (options) => {
  const { values } = parseArgs({ args: options, options: { gib: { type: 'string', default: '5' } } });
  const size = Math.round(Number(values.gib) * 2 ** 30);
  const clearinghouse = start('clearinghouse.mjs', []);
  const sender = start('large-file.mjs', [await clearinghouse.nextLine(), String(size)]);
  try {
    const line = await sender.nextLine();
    if (line === undefined) throw new Error('the sender ended without a word');
    const { seconds } = JSON.parse(line);
    const rows = Object.entries({ sender, clearinghouse }).map(([side, { child }]) => ({ side, peak: peakOf(child) }));
    printTable(
      `One file of ${values.gib} GiB, uploaded, described and its report finished`,
      ['process', 'bytes', 'MB/s', 'peak of resident memory'],
      rows.map(({ side, peak }) => [
        side,
        String(size),
        (size / 1e6 / seconds).toFixed(0),
        `${(peak / 1e6).toFixed(0)} MB`,
      ]),
    );
    if (rows.some(({ peak }) => peak > allowed)) process.exitCode = 1;
  } finally {
    sender.child.stdin.end();
    clearinghouse.child.stdin.end();
    await Promise.all([sender.ended, clearinghouse.ended]);
  }
};
