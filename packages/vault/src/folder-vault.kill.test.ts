import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openFolderVault } from './folder-vault.js';
import { temporaryFolder } from './temporary-folder.test-support.js';
import type { Sha256 } from './vault.js';

const victim = fileURLToPath(new URL('kill-victim.test-support.js', import.meta.url));

/** @returns the addresses that the process acknowledged before it was killed */
const putUntilKilled = async (folder: string, killAfterMs: number): Promise<readonly Sha256[]> => {
  const child = spawn(process.execPath, [victim, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged = text(child.stdout);
  await wait(killAfterMs);
  child.kill('SIGKILL');
  const lines = (await acknowledged).split('\n');
  return lines.slice(0, -1) as Sha256[];
};

test('a killed writer leaves every acknowledged object whole, no partial one, and nothing for ever', async () => {
  const folder = temporaryFolder();
  const acknowledged: Sha256[] = [];
  for (const killAfterMs of [120, 180, 240, 300, 377, 451, 520, 610]) {
    acknowledged.push(...(await putUntilKilled(folder, killAfterMs)));
  }
  expect(acknowledged.length).toBeGreaterThan(0);

  const vault = await openFolderVault(folder);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
  const report = await vault.scrub({ expected: acknowledged });
  expect(report.findings).toEqual([]);
  expect(report.objects).toBeGreaterThanOrEqual(acknowledged.length);
});
