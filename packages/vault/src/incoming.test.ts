import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startDigests } from './digests.js';
import { sweepIncoming, writeIncoming } from './incoming.js';
import { temporaryFolder } from './temporary-folder.test-support.js';

const oneDayAndMore = 25 * 60 * 60 * 1000;

test('the file of a living writer stays until it is a day old', async () => {
  const folder = temporaryFolder();
  const file = await writeIncoming(folder, Buffer.from('being written'), startDigests());
  await sweepIncoming(folder);
  expect(await readdir(folder)).toEqual([path.basename(file)]);
  await sweepIncoming(folder, Date.now() + oneDayAndMore);
  expect(await readdir(folder)).toEqual([]);
});

test('the file of another host stays until it is a day old', async () => {
  const folder = temporaryFolder();
  const name = `${'0'.repeat(12)}.999999999.00000000-0000-4000-8000-000000000000.part`;
  await writeFile(path.join(folder, name), 'being written');
  await sweepIncoming(folder);
  expect(await readdir(folder)).toEqual([name]);
  await sweepIncoming(folder, Date.now() + oneDayAndMore);
  expect(await readdir(folder)).toEqual([]);
});
