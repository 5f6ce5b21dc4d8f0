import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readClearinghouseData } from './clearinghouse-data.js';

let folder: string;
const file = async (name: string, text: string): Promise<string> => {
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
};
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-data-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const nothing = { ranges: [], addressMarks: undefined, triagePolicy: undefined };

test('without an operator’s files only documentation addresses name a country, and the desk’s own policy judges', async () => {
  const { ranges, marks, triagePolicy } = await readClearinghouseData(nothing);
  expect(ranges.map(({ source }) => source.name)).toEqual(['documentation ranges (synthetic)']);
  expect([marks, triagePolicy]).toEqual([undefined, undefined]);
});

test('several data sets are all asked, and marked addresses are read', async () => {
  const { ranges, marks } = await readClearinghouseData({
    ...nothing,
    ranges: [
      await file('a.csv', '# date: 2026-01-01\n192.0.2.0/24,PY\n'),
      await file('b.csv', '# date: 2026-01-02\n192.0.2.0/24,AR\n'),
    ],
    addressMarks: await file('marks.csv', '# date: 2026-01-01\n192.0.2.7,tor\n'),
  });
  expect(ranges.map(({ countryOf }) => countryOf('192.0.2.7'))).toEqual(['PY', 'AR']);
  expect(marks?.marksOf('192.0.2.7')).toEqual(['tor']);
});

test('a file that cannot be used is refused with what the setting wants', async () => {
  const policy = { ...nothing, triagePolicy: await file('policy.json', '{"number": 1}') };
  await expect(readClearinghouseData(policy)).rejects.toMatchObject({ code: 'usage' });
  const marks = { ...nothing, addressMarks: path.join(folder, 'absent') };
  await expect(readClearinghouseData(marks)).rejects.toMatchObject({ code: 'usage' });
});
