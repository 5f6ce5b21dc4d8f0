// Whole reports into a clearinghouse over HTTP: submit, one file, its details, finish; PostgreSQL, ledger and vault real.
//
//   npm run bench -- filing [--seconds 20] [--clients 50] [--bytes 100000]
//
// The yardstick is the world's volume: 36.2 million reports in 2023 (protocols.md §2.3), 1.15 a second on average.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createCybertipClient } from '@tutela/cybertip';
import { printTable } from './table.mjs';

const world = 36.2e6 / (365 * 86_400);

const report = {
  incidentSummary: {
    incidentType: 'Child Pornography (possession, manufacture, and distribution)',
    incidentDateTime: '2026-03-01T10:15:00Z',
  },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  personOrUserReported: [
    {
      espIdentifier: '7',
      ipCaptureEvent: [{ ipAddress: '192.0.2.7', dateTime: '2026-03-01T10:14:57Z', port: 51_344 }],
    },
  ],
};

const expectDone = (answer) => {
  if (answer.kind !== 'done') throw new Error(`${answer.reason.code}: ${answer.reason.message}`);
  return answer.value;
};

const fileOne = async (client, size) => {
  const bytes = randomBytes(size);
  const md5 = createHash('md5').update(bytes).digest('hex');
  const reportId = expectDone(await client.submit(report));
  const { fileId } = expectDone(await client.upload({ reportId, file: { name: 'a.png', bytes }, md5 }));
  expectDone(await client.fileinfo({ reportId, fileId, originalFileName: 'a.png', fileViewedByEsp: false }));
  const files = expectDone(await client.finish(reportId));
  if (files.length !== 1) throw new Error(`report ${reportId} has ${files.length} files`);
};

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];

/** `clients` file at `rate` reports a second altogether, or as fast as they can. */
const phase = async (client, { rate, seconds, clients, size }) => {
  const times = [];
  const start = performance.now();
  const until = start + seconds * 1000;
  const work = async (_, place) => {
    for (let turn = 0; ; turn++) {
      const due = start + ((turn * clients + place) / rate) * 1000;
      if (Math.max(due, performance.now()) >= until) return;
      if (due > performance.now()) await sleep(due - performance.now());
      const from = performance.now();
      await fileOne(client, size);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  const reached = times.length / ((performance.now() - start) / 1000);
  times.sort((a, b) => a - b);
  return [
    Number.isFinite(rate) ? `${rate.toFixed(2)}/s` : 'all',
    String(clients),
    `${size} B`,
    String(times.length),
    reached.toFixed(1),
    `${quantile(times, 0.5).toFixed(0)} ms`,
    `${quantile(times, 0.99).toFixed(0)} ms`,
    `${(reached / world).toFixed(0)} ×`,
  ];
};

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: {
      seconds: { type: 'string', default: '20' },
      clients: { type: 'string', default: '50' },
      bytes: { type: 'string', default: '100000' },
    },
  });
  const [seconds, clients, size] = [values.seconds, values.clients, values.bytes].map(Number);
  const server = spawn(process.execPath, [path.join(import.meta.dirname, 'filing', 'clearinghouse.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const [line] = (await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next()).value.split('\n');
  const client = createCybertipClient({ ...JSON.parse(line), environment: 'test' });
  await fileOne(client, size);
  const rows = [];
  for (const rate of [3 * world, Number.POSITIVE_INFINITY])
    rows.push(await phase(client, { rate, seconds, clients, size }));
  server.stdin.end();
  await ended;
  printTable(
    'Reports filed over HTTP into PostgreSQL, ledger and vault',
    ['asked for', 'clients', 'file', 'reports', 'reports/s', 'p50 of a report', 'p99', 'of the world’s average'],
    rows,
  );
};
