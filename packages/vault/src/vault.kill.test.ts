import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openFolderVault } from './open-vault.js';
import { temporaryFolder } from './temporary-folder.test-support.js';
import type { Sha256 } from './vault.js';

const victim = fileURLToPath(new URL('kill-victim.test-support.js', import.meta.url));

/** @returns the addresses that the process acknowledged before it was killed, some milliseconds after the nth */
const putUntilKilled = async (folder: string, nth: number, thenMs: number): Promise<readonly Sha256[]> => {
  const child = spawn(process.execPath, [victim, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  // Its output ends before it is gone, and until then a sweep takes it for alive.
  const gone = once(child, 'exit');
  let acknowledged = '';
  for await (const piece of child.stdout.setEncoding('utf8')) {
    const before = lines(acknowledged).length;
    acknowledged += piece as string;
    if (before < nth && lines(acknowledged).length >= nth) setTimeout(() => child.kill('SIGKILL'), thenMs);
  }
  await gone;
  return lines(acknowledged) as Sha256[];
};

const lines = (text: string): readonly string[] => text.split('\n').slice(0, -1);

test('a killed writer leaves every acknowledged object whole, no partial one, and nothing for ever', async () => {
  const folder = temporaryFolder();
  const acknowledged: Sha256[] = [];
  for (const [nth, thenMs] of [
    [1, 0],
    [1, 3],
    [2, 7],
    [5, 1],
    [9, 2],
    [17, 5],
    [30, 0],
    [40, 11],
  ] as const) {
    acknowledged.push(...(await putUntilKilled(folder, nth, thenMs)));
  }
  expect(acknowledged.length).toBeGreaterThan(0);

  const vault = await openFolderVault(folder);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
  const report = await vault.scrub({ expected: acknowledged.map((sha256) => ({ caseRef: 'case-1', sha256 })) });
  expect(report.findings).toEqual([]);
  expect(report.objects).toBeGreaterThanOrEqual(acknowledged.length);
});
