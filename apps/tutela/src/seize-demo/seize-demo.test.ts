import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openScratchDatabase, type ScratchDatabase } from '@tutela/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SeizeDemoResult } from './demo-result.js';

const program = fileURLToPath(new URL('../../../../bin/tutela', import.meta.url));
const size = ['--files', '40', '--archives', '8', '--users', '60', '--words', '16', '--seconds', '1000000000'];
const kills = process.env.TUTELA_LONG === '1' ? 30 : 3;
/** A kill falls into each of these in turn, some time after it has begun. */
const stages = [
  'looking for passwords',
  'looking at pictures',
  'reading',
  'opening archives',
  "importing the service's records",
] as const;

let folder: string;
const databases: ScratchDatabase[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-seize-demo-'));
});
afterAll(async () => {
  for (const database of databases) await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** An installation of its own, on a database that outlives its processes. */
const newPlace = async (name: string) => {
  const database = await openScratchDatabase();
  databases.push(database);
  return { data: path.join(folder, name), url: database.url };
};

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly told: string;
}

/** @param killAt the process is killed some milliseconds after it tells this */
const run = (
  place: { data: string; url: string },
  killAt?: { stage: string; milliseconds: number },
): Promise<Ended> => {
  const env = { ...process.env, DATABASE_URL: place.url };
  const child = spawn(process.execPath, [program, 'seize', 'demo', '--json', ...size, '--data', place.data], { env });
  let output = '';
  let told = '';
  child.stdout.on('data', (piece) => {
    output += String(piece);
  });
  child.stderr.on('data', (piece) => {
    const begins = killAt !== undefined && !told.includes(killAt.stage);
    told += String(piece);
    if (begins && told.includes(killAt.stage)) void sleep(killAt.milliseconds).then(() => child.kill('SIGKILL'));
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, output, told }));
  });
};

const resultOf = ({ output, told }: Ended): SeizeDemoResult & { readonly surprises: readonly string[] } => {
  if (output === '') throw new Error(told);
  return JSON.parse(output);
};

test(
  'a demonstration that is killed again and again comes to what an undisturbed one comes to',
  async () => {
    const [calm, rough] = [await newPlace('calm'), await newPlace('rough')];
    const undisturbed = resultOf(await run(calm));
    expect(undisturbed.surprises).toEqual([]);
    expect(undisturbed.excludedItems).toBe(0);
    expect(undisturbed.made.excludedFiles).toBeGreaterThan(0);
    expect(undisturbed.listed).toMatchObject({ left: 0, missed: [] });
    expect(undisturbed.listed.opened).toBeGreaterThan(0);
    expect(undisturbed.users.accounts).toBe(
      Object.values(undisturbed.users.countries).reduce((sum, { accounts }) => sum + accounts, 0),
    );
    expect(undisturbed.near.there).toBeGreaterThan(0);
    expect(undisturbed.near.found).toBeGreaterThan(undisturbed.near.there / 2);
    expect(undisturbed.near.mistaken).toBe(0);
    expect(undisturbed.records.refused).toBeGreaterThan(0);
    expect(undisturbed.ledger.verdict).toBe('intact');

    for (let kill = 0; kill < kills; kill++) {
      const stage = stages[kill % stages.length] as string;
      const ended = await run(rough, { stage, milliseconds: Math.floor(Math.random() * 1500) });
      if (ended.code === 0) expect(resultOf(ended).surprises).toEqual([]);
    }
    const disturbed = resultOf(await run(rough));
    expect(disturbed.surprises).toEqual([]);
    expect(disturbed.resultSha256).toBe(undisturbed.resultSha256);
    expect(disturbed.ledger.verdict).toBe('intact');
  },
  60_000 * (4 + kills),
);
