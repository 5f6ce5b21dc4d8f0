import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeMmdb } from './mmdb.test-support.js';
import { readRangeData } from './range-data.js';

const database = writeMmdb(
  [
    ['192.0.2.0/24', 'PY'],
    ['192.0.2.128/25', 'AR'],
    ['2001:db8::/32', 'ES'],
  ],
  { name: 'Test-Country', at: new Date('2026-02-03T10:00:00Z') },
);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-ranges-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = async (bytes: Buffer) => {
  const file = path.join(folder, 'countries.mmdb');
  await writeFile(file, bytes);
  return await readRangeData(file);
};

describe('a MaxMind DB file', () => {
  test('says which country an address belongs to, and what it is itself', async () => {
    const data = await read(database);
    if (data.kind !== 'done') throw new Error(data.reason.message);
    const { source, countryOf, holderOf } = data.value;
    expect(source).toEqual({
      name: 'Test-Country',
      date: '2026-02-03',
      sha256: createHash('sha256').update(database).digest('hex'),
    });
    const asked = ['192.0.2.1', '192.0.2.200', '192.0.3.1', '2001:db8:1::7', '2001:db9::7', 'no address'];
    expect(asked.map(countryOf)).toEqual(['PY', 'AR', undefined, 'ES', undefined, undefined]);
    expect(holderOf('192.0.2.1')).toBeUndefined();
  });

  test('that is damaged is refused', async () => {
    expect(await read(database.subarray(0, database.length - 40))).toMatchObject({
      kind: 'refused',
      reason: { code: 'unreadable' },
    });
  });
});
