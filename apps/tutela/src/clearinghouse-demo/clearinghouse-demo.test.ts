import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openScratchDatabase, type ScratchDatabase } from '@tutela/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from './country-table.js';
import type { ClearinghouseDemoResult } from './demo-result.js';

const program = fileURLToPath(new URL('../../../../bin/tutela', import.meta.url));
const [reports, kills] = process.env.TUTELA_LONG === '1' ? [5000, 20] : [450, 2];

let folder: string;
let database: ScratchDatabase;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-clearinghouse-demo-'));
  database = await openScratchDatabase();
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const run = async (...flags: readonly string[]) => {
  const args = ['clearinghouse', 'demo', '--json', '--reports', String(reports), '--data', folder, ...flags];
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, DATABASE_URL: database.url } });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      text[name] += part;
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  if (text.stdout === '') throw new Error(text.stderr);
  return { code, ...(JSON.parse(text.stdout) as ClearinghouseDemoResult & { readonly surprises: readonly string[] }) };
};

test(
  'of made reports none is lost, doubled or sent elsewhere though nodes are killed',
  async () => {
    const result = await run('--kill', String(kills));
    expect(result.surprises).toEqual([]);
    expect(result).toMatchObject({ code: 0, killed: kills, doubled: [], differences: [], forwarded: 1 });
    expect(result.resultSha256).toBe(result.expectedSha256);
    const all = sumOf('all', result.countries);
    expect(all.reports).toBe(reports + result.pointingAtTwo);
    expect(all.referred + all.bundled + all.unroutable + all.held).toBe(all.reports);
    for (const part of [all.referred, all.bundled, all.unroutable, all.held, all.informational]) {
      expect(part).toBeGreaterThan(0);
    }
  },
  60_000 * 10,
);
