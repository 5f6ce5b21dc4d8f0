import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScratchDatabase, type ScratchDatabase } from '@tutela/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tutela } from './tutela-process.js';

let data: string;
let database: ScratchDatabase;
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'tutela holds '));
  database = await openScratchDatabase();
  expect(await run('case', 'open', 'case-7', '--title', 'A case')).toMatchObject({ code: 0 });
}, 120_000);
afterAll(async () => {
  await database?.close();
  await rm(data, { recursive: true, force: true });
});

const run = (...args: readonly string[]) =>
  tutela([...args, '--data', data], { DATABASE_URL: database.url, TUTELA_ACTOR: 'court-3' });

test('a hold is placed on a case, listed, and released, each with its reason', async () => {
  const held = await run('vault', 'hold', 'case-7', '--reason', 'appeal pending');
  expect(held).toMatchObject({ code: 0 });
  const id = held.stdout.trim();
  const listed = await run('vault', 'holds', 'case-7', '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject({ holds: [{ id, placedBy: 'court-3', reason: 'appeal pending' }] });
  expect((await run('vault', 'release', id, '--reason', 'appeal withdrawn')).code).toBe(0);
  expect(JSON.parse((await run('vault', 'holds', 'case-7', '--json')).stdout)).toEqual({ v: 1, holds: [] });
  const again = await run('vault', 'release', id, '--reason', 'once more');
  expect(again).toMatchObject({ code: 2, stdout: '' });
}, 300_000);

test('a hold on what is no case, without a reason, or released by no id, is refused', async () => {
  for (const args of [
    ['hold', 'case-70', '--reason', 'misspelt'],
    ['hold', 'case-7', '--reason', ' '],
    ['release', 'case-7', '--reason', 'no id'],
  ])
    expect([args, (await run('vault', ...args)).code]).toEqual([args, 2]);
}, 300_000);

test('after the installation key is made anew everything opens, and the old one is gone', async () => {
  const file = path.join(data, 'installation-key');
  const before = await readFile(file, 'utf8');
  const rotated = await run('vault', 'rotate-key', '--json');
  expect(rotated).toMatchObject({ code: 0 });
  const { installationKey, rewrapped } = JSON.parse(rotated.stdout) as {
    readonly installationKey: string;
    readonly rewrapped: number;
  };
  expect(rewrapped).toBeGreaterThan(0);
  expect(await readFile(file, 'utf8')).not.toBe(before);
  expect(JSON.parse((await run('vault', 'status', '--json')).stdout)).toMatchObject({ installationKey });
  expect(await run('vault', 'hold', 'case-7', '--reason', 'another appeal')).toMatchObject({ code: 0 });
  expect(await run('ledger', 'check')).toMatchObject({ code: 0 });
}, 300_000);
