import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { clearinghouseMigrations, openClearinghouseDesk } from '@tutela/clearinghouse-desk';
import { systemClock, type UtcInstant } from '@tutela/core';
import { openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { type Engine, openEngine } from '@tutela/engine';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { type Platform, platformMigrations } from '@tutela/platform-desk';
import { encode, makePicture, openLossyProxy } from '@tutela/testkit';
import { openFolderVault } from '@tutela/vault';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openPlatform } from './open-platform.js';

/** A report with two files takes: submit, two uploads, two descriptions, finish; three moments in each. */
const moments = 18;
const requests = 6;

let folder: string;
let near: ScratchDatabase;
let far: ScratchDatabase;
let engine: Engine;
let server: { readonly process: ChildProcess; readonly port: number };
let account: { readonly username: string; readonly password: string };
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela filing '));
  [near, far] = [await openScratchDatabase(), await openScratchDatabase()];
  await runMigrations(near.db, [ledgerMigrations, platformMigrations]);
  await runMigrations(far.db, [ledgerMigrations, clearinghouseMigrations]);
  const vault = await openFolderVault(path.join(folder, 'far'));
  const clearinghouse = openClearinghouseDesk({ db: far.db, vault, clock: systemClock });
  account = await clearinghouse.issueCredentials({ username: 'example', organisation: 'Example' });
  const workflows = ['platform.examine-batch', 'platform.file-report'].map((name) => ({
    name,
    queue: 'none',
    run: async () => undefined,
  }));
  engine = await openEngine({ database: near, queues: [], workflows, log: () => undefined, onLost: () => undefined });
  server = await startServer(0);
  await importList(await open());
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  server.process.kill('SIGKILL');
  await engine.close();
  await Promise.all([near.close(), far.close()]);
  await rm(folder, { recursive: true, force: true });
});

const program = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));

const startServer = (port: number): Promise<{ process: ChildProcess; port: number }> =>
  new Promise((resolve) => {
    const args = [program('clearinghouse-process'), far.url, path.join(folder, 'far'), String(port)];
    const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    started.stdout.once('data', (line: Buffer) => {
      resolve({ process: started, port: Number(line.toString().trim().split(' ')[1]) });
    });
  });

const baseUrl = (port = server.port): string => `http://127.0.0.1:${port}/ispws`;
const open = (port?: number, between?: (moment: string) => Promise<void>): Promise<Platform> => {
  const ground = { db: near.db, vault: path.join(folder, 'near'), baseUrl: baseUrl(port), ...account, engine };
  return openPlatform({ ...ground, ...(between === undefined ? {} : { between }) });
};

const importList = async (platform: Platform): Promise<void> => {
  const file = path.join(folder, 'known.csv');
  const { createHash } = await import('node:crypto');
  const digests = await Promise.all([1, 2].map((seed) => encode(makePicture(seed, { width: 64, height: 48 }))));
  const lines = digests.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  await writeFile(file, `sha256\n${lines.join('\n')}\n`);
  await platform.importList({ path: file, name: 'known', actor: 'test' });
};

let accounts = 0;

/** An account with two confirmed files, and the filing that has to be done. */
const openFiling = async (platform: Platform): Promise<{ readonly account: string; readonly filing: string }> => {
  const name = `account-${accounts++}`;
  const matches: string[] = [];
  for (const seed of [1, 2]) {
    const bytes = await encode(makePicture(seed, { width: 64, height: 48 }));
    const uploadedAt = '2026-03-01T10:14:57.000Z' as UtcInstant;
    const upload = { account: name, name: `${seed}.jpg`, bytes, uploadedAt, list: 'known', threshold: 31 };
    matches.push((await platform.receiveUpload({ ...upload, ip: '198.51.100.7', port: 51_344 })).match ?? '');
  }
  for (const match of matches) {
    await platform.decide({ match, decision: 'confirmed', actor: 'analyst-1', reason: 'as listed' });
  }
  const { rows } = await sql<{ id: string }>`select id from platform.filing where account = ${name}`.execute(near.db);
  expect(rows).toHaveLength(1);
  return { account: name, filing: rows[0]?.id ?? '' };
};

/** Runs it as the engine and the sweep would, until it rests. */
const fileToTheEnd = async (platform: Platform, filing: string): Promise<void> => {
  for (let run = 0; run < 10; run++) {
    await platform.runFiling(filing);
    const { rows } = await sql<{ state: string }>`select state from platform.filing where id = ${filing}`.execute(
      near.db,
    );
    if (rows[0]?.state === 'finished') return;
  }
};

const reportsOf = async (name: string) => {
  const { rows } = await sql<{ state: string; files: number; described: number }>`
    select report.state, count(distinct file.file_id) files, count(distinct details.file_id) described
      from clearinghouse.report
      join clearinghouse.submission using (report_number)
      left join clearinghouse.file using (report_number)
      left join clearinghouse.file_details details using (file_id)
     where submission.content::text like ${`%"${name}"%`}
     group by report.report_number, report.state`.execute(far.db);
  return rows;
};

const expectOneWholeReport = async (name: string): Promise<void> => {
  const finished = (await reportsOf(name)).filter(({ state }) => state === 'finished');
  expect(finished).toEqual([{ state: 'finished', files: 2, described: 2 }]);
};

const killWorkerAt = (filing: string, moment: number): Promise<'stopped' | 'ended'> =>
  new Promise((resolve) => {
    const where = [near.url, path.join(folder, 'near'), baseUrl(), account.username, account.password];
    const args = [program('filing-process'), ...where, filing, String(moment)];
    const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(worker);
    worker.stdout.once('data', (line: Buffer) => {
      worker.once('exit', () => resolve(line.toString().trim() as 'stopped' | 'ended'));
      worker.kill('SIGKILL');
    });
  });

describe('filing', () => {
  test('a worker killed between any two steps leaves one finished report', async () => {
    const platform = await open();
    for (let moment = 0; moment < moments; moment++) {
      const { account: name, filing } = await openFiling(platform);
      expect(await killWorkerAt(filing, moment)).toBe('stopped');
      await fileToTheEnd(platform, filing);
      await expectOneWholeReport(name);
    }
  });

  test('a clearinghouse killed between any two steps leaves one finished report', async () => {
    for (let moment = 0; moment < moments; moment++) {
      let step = 0;
      const platform = await open(undefined, async () => {
        if (step++ !== moment) return;
        server.process.kill('SIGKILL');
        server = await startServer(server.port);
      });
      const { account: name, filing } = await openFiling(platform);
      await fileToTheEnd(platform, filing);
      await expectOneWholeReport(name);
    }
  });

  test('any answer may be lost and one finished report is the end', async () => {
    for (let request = 0; request < requests; request++) {
      const proxy = await openLossyProxy(server);
      proxy.loseAnswer(request);
      const platform = await open(proxy.port);
      const { account: name, filing } = await openFiling(platform);
      await fileToTheEnd(platform, filing);
      await expectOneWholeReport(name);
      await proxy.close();
    }
  });
});

test('a filing of one environment is not sent to the other', async () => {
  const { account: name, filing } = await openFiling(await open());
  await sql`update platform.filing set environment = 'production' where id = ${filing}`.execute(near.db);
  await (await open()).runFiling(filing);
  expect(await reportsOf(name)).toEqual([]);
});
