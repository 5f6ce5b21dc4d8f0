import path from 'node:path';
import { eachHolding, openCoverage, openSegment, type SegmentHeader } from '@tutela/attribution';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProviderDesk } from '../desk.js';
import {
  atHour,
  type Ground,
  junosLog,
  type Lease,
  natSource,
  openDesk,
  openGround,
  value,
} from '../open-desk.test-support.js';
import { keptSegments } from '../queries/segments.js';

let ground: Ground;
let desk: ProviderDesk;
beforeAll(async () => {
  ground = await openGround('2026-03-05T10:00:00Z');
  desk = await openDesk(ground);
});
afterAll(() => ground.close());

const hours = 72;
const days = ['2026-03-02', '2026-03-03', '2026-03-04'];

/** Blocks of 3 addresses, held for hours each, some over midnight and one for days; some hand over within a moment. */
const leases: readonly Lease[] = Array.from({ length: 36 }, (_, slot): readonly Lease[] => {
  const [ip, block] = [`203.0.113.${slot % 3}`, Math.floor(slot / 3)];
  const held: Lease[] = [];
  let from = atHour((slot % 7) * 0.3 + 0.01);
  for (let turn = 0; from < atHour(hours - 1); turn++) {
    const length = slot === 0 ? 60 : 2 + ((slot * 7 + turn * 5) % 19);
    const to = Math.min(from + length * 3_600_000, atHour(hours + 5));
    held.push({ customer: (slot * 31 + turn * 17) % 500, ip, block, from, to });
    from = to + (turn % 3 === 0 ? 0 : 600_000 * (1 + (turn % 4)));
  }
  return held;
}).flat();

/** Some lines never arrived, so that pairing has something to infer. */
const lines = junosLog(leases)
  .trimEnd()
  .split('\n')
  .filter((_, at) => at % 41 !== 17)
  .filter((line) => timeOf(line) < atHour(hours));
function timeOf(line: string): number {
  return Date.parse(line.split(' ')[1]!);
}

let exporters = 0;
/** Ingests the log in parts; each covers the time up to the first line of the next. `lost` never come in. */
const ingestCut = async (cuts: readonly number[], lost: readonly number[] = []): Promise<string> => {
  const exporter = `cut-${exporters++}`;
  value(await desk.addSource({ ...natSource, log: { ...natSource.log, exporter } }, 'operator'));
  const bounds = [0, ...cuts, lines.length];
  for (let part = 0; part + 1 < bounds.length; part++) {
    if (lost.includes(part)) continue;
    const [first, end] = [bounds[part]!, bounds[part + 1]!];
    const file = await ground.file(`${exporter}-${part}.log`, `${lines.slice(first, end).join('\n')}\n`);
    const from = part === 0 ? atHour(0) : timeOf(lines[first]!);
    const to = part + 2 === bounds.length ? atHour(hours) : timeOf(lines[end]!);
    value(await desk.ingest({ exporter, files: [file], covers: { from, to: to - 1 }, by: 'operator' }));
  }
  return exporter;
};

/** What answers: of each day its holdings, for which times there is a log, and where it has gaps. */
const answering = async (exporter: string) => {
  const segments = (await keptSegments(ground.database.db, days)).filter((one) => one.exporter === exporter);
  const opened = segments.map(({ file }) => openSegment(path.join(ground.folder, file)));
  const found = opened.map((segment) => ({
    holdings: [...eachHolding(segment)],
    received: segment.header.received,
    coverage: withoutName(segment.header.coverage),
  }));
  for (const segment of opened) segment.close();
  return { days: segments.map(({ day }) => day), found, headers: opened.map(({ header }) => header) };
};
const withoutName = (facts: SegmentHeader['coverage']) =>
  facts.map((fact) => JSON.stringify({ ...fact, exporter: '' })).sort();

test('a log cut at any line answers as it does in one file', async () => {
  const whole = await answering(await ingestCut([]));
  expect(whole.days).toEqual(days);
  expect(whole.found[1]!.holdings.some(({ mark }) => mark.reach === 'throughout')).toBe(true);
  const handover = lines.findIndex((line, at) => at > 0 && timeOf(line) === timeOf(lines[at - 1]!));
  expect(handover).toBeGreaterThan(0);
  const some = process.env.TUTELA_LONG === '1' ? lines.map((_, at) => [at]).slice(1) : [];
  const count = lines.length;
  const cuts = [[1], [handover], [count >> 1], [count - 1], [40, 41], [50, 51, 130, handover + 70], ...some];
  for (const cut of cuts) {
    const { days: its, found } = await answering(await ingestCut([...cut].sort((one, other) => one - other)));
    expect(its, cut.join()).toEqual(days);
    expect(found, cut.join()).toEqual(whole.found);
  }
}, 300_000);

test('a lost file between two is a gap, and nobody is taken to have held through it', async () => {
  const [first, second] = [lines.length >> 2, lines.length >> 1];
  const gap = { from: timeOf(lines[first]!), to: timeOf(lines[second]!) - 1 };
  const { found, headers } = await answering(await ingestCut([first, second], [1]));
  const through = found
    .flatMap(({ holdings }) => holdings)
    .filter(({ mark, from, to }) => mark.certainty === 'certain' && from < gap.from && to > gap.to);
  expect(through).toEqual([]);
  expect(openCoverage(headers).gaps(gap)).toContainEqual({ ...gap, cause: 'not-received' });
});
