// MB and records a second of each log parser, on one core: its sample over and over, to the size asked for.
//
//   npm run bench -- ingest [--megabytes 32] [--only junos-spc3,…]
//
// Time is CPU time, since the machine may be busy with other things.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadShippedPattern, logFormats, readLog } from '@tutela/attribution';
import { printTable } from './table.mjs';

const folder = path.join(import.meta.dirname, '../packages/attribution/vectors/samples');
const chunk = 1 << 16;
const declaration = {
  exporter: 'bench',
  exporterFrom: 'declaration',
  natInstance: 'bench',
  zone: 'UTC',
  year: { kind: 'stated', year: 2026 },
  abbreviations: { UTC: 'UTC', CET: '+01:00' },
  hours: 24,
  sequence: 'some-messages',
};

export const run = async (options) => {
  const { values } = parseArgs({
    args: options,
    options: { megabytes: { type: 'string', default: '32' }, only: { type: 'string' } },
  });
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .map((file) => path.basename(file, '.log'))
    .filter((name) => values.only === undefined || values.only.split(',').includes(name));
  const rows = [];
  for (const name of names) rows.push(await measure(name, Number(values.megabytes) * 1e6));
  printTable(
    'Log parsers on one core',
    ['format', 'MB a second', 'records a second', 'of them rejected', 'peak'],
    rows,
  );
};

const measure = async (name, size) => {
  const format = logFormats.get(name) ?? (await loadShippedPattern(name));
  const sample = readFileSync(path.join(folder, `${name}.log`));
  // A table has its names once.
  const head = name.endsWith('csv') ? sample.indexOf('\n') + 1 : 0;
  let records = 0;
  let tally;
  let peak = 0;
  const began = process.cpuUsage();
  for await (const batch of readLog(repeated(sample, head, size), { format, declaration })) {
    if (batch.refusal !== undefined) throw new Error(`${name}: ${batch.refusal.message}`);
    records += batch.items.length;
    tally = batch.tally;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const { user, system } = process.cpuUsage(began);
  const seconds = (user + system) / 1e6;
  const bytes = tally.bytes ?? size;
  return [
    name,
    (bytes / 1e6 / seconds).toFixed(0),
    (records / seconds).toFixed(0),
    `${((100 * tally.rejected) / tally.lines).toFixed(1)} %`,
    `${(peak / 2 ** 20).toFixed(0)} MiB`,
  ];
};

function* repeated(sample, head, size) {
  yield sample.subarray(0, head);
  const body = sample.subarray(head);
  const block = Buffer.concat(Array.from({ length: Math.ceil(chunk / body.length) }, () => body));
  for (let given = head; given < size; given += block.length) yield block;
}
