import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { stage, sweepStaging } from './staging.js';

const oneDayAndMore = 25 * 60 * 60 * 1000;

test('the file of a living writer stays until it is a day old', async () => {
  const folder = temporaryFolder();
  const { file } = await stage(folder, ({ append }) => append(Buffer.from('being written')));
  await sweepStaging(folder);
  expect(await readdir(folder)).toEqual([path.basename(file)]);
  await sweepStaging(folder, Date.now() + oneDayAndMore);
  expect(await readdir(folder)).toEqual([]);
});

test('the file of another host stays until it is a day old', async () => {
  const folder = temporaryFolder();
  const name = `${'0'.repeat(12)}.999999999.00000000-0000-4000-8000-000000000000.part`;
  await writeFile(path.join(folder, name), 'being written');
  await sweepStaging(folder);
  expect(await readdir(folder)).toEqual([name]);
  await sweepStaging(folder, Date.now() + oneDayAndMore);
  expect(await readdir(folder)).toEqual([]);
});
