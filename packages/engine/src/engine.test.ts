import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inTransaction, openScratchDatabase, type ScratchDatabase } from '@tutela/db';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from './engine.js';
import { openEngine } from './open-engine.js';

let scratch: ScratchDatabase;
let engine: Engine;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  scratch = await openScratchDatabase();
  await sql`create table begun (job text, worker text, primary key (job, worker))`.execute(scratch.db);
  await sql`create table ended (job text, worker text, primary key (job, worker))`.execute(scratch.db);
  engine = await openEngine({
    database: scratch,
    queues: [],
    workflows: [{ name: 'slow', queue: 'slow', run: async () => undefined }],
    log: () => undefined,
    onLost: () => undefined,
  });
});
afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
});
afterAll(async () => {
  await engine.close();
  await scratch.close();
});

const startWorker = (name: string, milliseconds: number): Promise<ChildProcess> =>
  new Promise((resolve) => {
    const entry = fileURLToPath(new URL('./worker-for-tests.js', import.meta.url));
    const worker = spawn(process.execPath, [entry, scratch.url, name, String(milliseconds)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    workers.push(worker);
    worker.stdout.once('data', () => resolve(worker));
  });

const jobsIn = async (table: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ job: string }>`select distinct job from ${sql.table(table)} order by job`.execute(
    scratch.db,
  );
  return rows.map(({ job }) => job);
};

const startJobs = (jobs: readonly string[]) =>
  inTransaction(scratch.db, async (tx) => {
    for (const job of jobs) await engine.start(tx, { id: job, workflow: 'slow', input: job });
  });

const waitUntil = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(100);
};

describe('the engine', () => {
  test('starts nothing of a transaction that is rolled back, and once what is started twice', async () => {
    const rolledBack = inTransaction(scratch.db, async (tx) => {
      await engine.start(tx, { id: 'rolled-back', workflow: 'slow', input: 'rolled-back' });
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await engine.status('rolled-back')).toBe('unknown');
    await startJobs(['once']);
    await startJobs(['once']);
    await startWorker('plain', 0);
    await waitUntil(async () => (await engine.status('once')) === 'done');
    expect(await jobsIn('ended')).toEqual(['once']);
  });

  test("a killed worker's work is taken over by its peer", async () => {
    const jobs = Array.from({ length: 10 }, (_, n) => `job-${n}`);
    const doomed = await startWorker('doomed', 600_000);
    await startJobs(jobs);
    await waitUntil(async () => (await jobsIn('begun')).filter((job) => job.startsWith('job')).length === 5);
    await startWorker('peer', 10);
    doomed.kill('SIGKILL');
    await waitUntil(async () => (await jobsIn('ended')).length === 11);
    for (const job of jobs) await waitUntil(async () => (await engine.status(job)) === 'done');
  });

  test('what is cancelled before it began does not run', async () => {
    await inTransaction(scratch.db, (tx) =>
      engine.start(tx, { id: 'later', workflow: 'slow', input: 'later', delaySeconds: 3600 }),
    );
    expect(await engine.status('later')).toBe('waiting');
    await engine.cancel(['later']);
    expect(await engine.status('later')).toBe('cancelled');
  });

  test('refuses a workflow that nobody knows', async () => {
    const unknown = inTransaction(scratch.db, (tx) => engine.start(tx, { id: 'x', workflow: 'x', input: null }));
    await expect(unknown).rejects.toMatchObject({ code: 'unknown-workflow' });
  });
});
