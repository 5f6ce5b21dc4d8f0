import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openFolderCaseKeys } from '../keys/folder-case-keys.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { lastScrub, scrubAndRecord } from './scrub-runs.js';
import { openDatabase, openLog, openPlaces } from './shred-ground.test-support.js';

test('a scrub that was interrupted goes on, and its end with all findings is in the ledger', async () => {
  const folder = temporaryFolder();
  const { db } = await openDatabase();
  const { vault } = await openPlaces(folder, await openFolderCaseKeys(path.join(folder, 'case-keys')));
  for (let n = 0; n < 10; n++) await vault.forCase('case-1').put(Buffer.from(`object ${n}`));
  const files = (await readdir(path.join(folder, 'vault', 'objects'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  for (const file of [files[0] as string, files[9] as string]) {
    const bytes = await readFile(file);
    bytes[150]! ^= 1;
    await chmod(file, 0o600);
    await writeFile(file, bytes);
  }
  expect(await lastScrub(db, vault)).toBeUndefined();

  const stop = new AbortController();
  const told: number[] = [];
  const onProgress = ({ objects }: { objects: number }): void => {
    told.push(objects);
    if (objects === 4) stop.abort();
  };
  const half = await scrubAndRecord({ db, vault, actor: 'operator', signal: stop.signal, onProgress });
  expect(half).toMatchObject({ verdict: 'interrupted', objects: 4, found: 1 });
  expect(await lastScrub(db, vault)).not.toHaveProperty('endedAt');

  const whole = await scrubAndRecord({ db, vault, actor: 'operator', onProgress });
  expect(whole).toMatchObject({ id: half.id, verdict: 'damaged', objects: 10, found: 2 });
  expect(whole.findings.map((finding) => 'name' in finding && finding.name)).toEqual(
    [files[0], files[9]].map((file) => path.basename(file as string)),
  );
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await lastScrub(db, vault)).toMatchObject({ objects: 10, found: 2, endedAt: expect.any(String) });

  const again = await scrubAndRecord({ db, vault, actor: 'operator' });
  expect(again.id).not.toBe(half.id);
  const log = openLog();
  await log.sequence(db);
  expect(await log.check(db)).toMatchObject({ verdict: 'intact', counts: { leaves: 2, rowsCompared: 2 } });
});
