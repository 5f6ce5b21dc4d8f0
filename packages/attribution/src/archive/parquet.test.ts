import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { block, minute, noon, writeTestSegment } from '../answer/small-provider.test-support.js';
import type { KeyKind } from '../segment/holding.js';
import { openSegment } from '../segment/segment-reader.js';
import { anyHolding, day } from '../segment/synthetic-holdings.test-support.js';
import { exportParquet, importParquet } from './parquet.js';
import { archiveStatistics } from './statistics.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tutela-parquet-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an archive', () => {
  test.each<KeyKind>(['ipv4', 'ipv6', 'tag'])('of %s keys gives back the same segment, byte for byte', async (keys) => {
    const holdings = fc.sample(anyHolding(keys, 'kept'), { numRuns: 300, seed: 11 });
    const gap = { kind: 'sequence-gap', exporter: "o'hara", from: day.from, to: day.from + 5, missing: 2 } as const;
    const written = writeTestSegment(holdings, { exporter: "o'hara", coverage: [gap] }, { keys });
    const segment = openSegment(written.path);
    const file = path.join(folder, `${keys}'s.parquet`);
    await exportParquet(segment, file);
    segment.close();
    const again = await importParquet(file, {
      work: path.join(folder, `${keys}.work`),
      target: path.join(folder, `${keys}.seg`),
    });
    expect(again.sha256).toBe(written.sha256);
    expect(readFileSync(again.path).equals(readFileSync(written.path))).toBe(true);
  });

  test('counts holdings, holders, addresses, lengths, sharing and hours', async () => {
    const held = [block(1, 0, 10), block(2, 20, 30), block(3, 61, 91), block(1, 70, 80, { portFirst: 0, portLast: 9 })];
    const other = block(1, 0, 5, { key: { kind: 'ipv4', value: 1 } });
    const segment = openSegment(writeTestSegment([...held, other]).path);
    const file = path.join(folder, 'statistics.parquet');
    await exportParquet(segment, file);
    segment.close();
    expect(await archiveStatistics([file])).toEqual({
      holdings: 5,
      holders: 3,
      keys: 2,
      holdingMs: { p10: 5 * minute, p50: 10 * minute, p90: 30 * minute },
      holdersPerKey: { p10: 1, p50: 1, p90: 3, most: 3 },
      hours: [
        { hour: noon, began: 3, holders: 2 },
        { hour: noon + 60 * minute, began: 2, holders: 2 },
      ],
    });
  });
});
