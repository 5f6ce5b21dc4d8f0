import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { clearinghouseMigrations, openClearinghouseDesk } from '@tutela/clearinghouse-desk';
import { type Db, openScratchDatabase, runMigrations } from '@tutela/db';
import { openEngine } from '@tutela/engine';
import { exposureMigrations } from '@tutela/exposure/postgres';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { openDecoder } from '@tutela/media';
import { type Platform, platformMigrations } from '@tutela/platform-desk';
import { openFolderVault } from '@tutela/vault';
import { knownFiles } from './one-filing.js';
import { openPlatform } from './open-platform.js';

interface OpenOptions {
  /** Of a proxy in front of the clearinghouse. */
  readonly port?: number;
  readonly timeoutMs?: number;
  /** Waited for between any two steps of a filing. */
  readonly between?: (moment: string) => Promise<void>;
}

/** A process that files one report. */
export interface Worker {
  /** What it came to: `stopped` for ever at its moment, the report `ended`, or `killed` before either. */
  readonly state: Promise<'stopped' | 'ended' | 'killed'>;
  /** Kill -9; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** A platform's database and vault, and a clearinghouse in a process of its own, on one machine. */
export interface FilingGround {
  readonly platformDb: Db;
  readonly clearinghouseDb: Db;
  /** The clearinghouse's, the same after each restart. */
  readonly port: number;
  readonly open: (options?: OpenOptions) => Promise<Platform>;
  /** Kill -9, and another on the same port. */
  readonly restartClearinghouse: () => Promise<void>;
  /** @param stop the moment, from 0, at which it stops for ever; none when left out */
  readonly startWorker: (filing: string, options: { readonly port?: number; readonly stop?: number }) => Worker;
  readonly close: () => Promise<void>;
}

export const openFilingGround = async (): Promise<FilingGround> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela filing '));
  const [near, far] = [await openScratchDatabase(), await openScratchDatabase()];
  await runMigrations(near.db, [ledgerMigrations, exposureMigrations, platformMigrations]);
  await runMigrations(far.db, [ledgerMigrations, clearinghouseMigrations]);
  const vaults = { near: path.join(folder, 'near'), far: path.join(folder, 'far') };
  const clearinghouse = openClearinghouseDesk({
    db: far.db,
    vault: (await openFolderVault(vaults.far)).forCase('clearinghouse/reports'),
  });
  const account = await clearinghouse.issueCredentials({ username: 'example', organisation: 'Example' });
  const workflows = ['platform.examine-batch', 'platform.file-report'].map((name) => ({
    name,
    queue: 'none',
    run: async () => undefined,
  }));
  const engine = await openEngine({
    database: near,
    queues: [],
    workflows,
    log: () => undefined,
    onLost: () => undefined,
  });
  const decoder = openDecoder({ processes: 1 });
  let server = await startClearinghouse([far.url, vaults.far, '0']);
  const { port } = server;

  const open = ({ port: by = port, ...options }: OpenOptions = {}): Promise<Platform> =>
    openPlatform({
      db: near.db,
      vault: vaults.near,
      decoder,
      baseUrl: baseUrlAt(by),
      ...account,
      engine,
      ...options,
    });
  await importKnownFiles(await open(), folder);

  return {
    platformDb: near.db,
    clearinghouseDb: far.db,
    port,
    open,
    restartClearinghouse: async () => {
      await kill(server.process);
      server = await startClearinghouse([far.url, vaults.far, String(port)]);
    },
    startWorker: (filing, { port: by = port, stop = -1 }) =>
      workerOf([near.url, vaults.near, baseUrlAt(by), account.username, account.password, filing, String(stop)]),
    close: async () => {
      await kill(server.process);
      await engine.close();
      await decoder.close();
      await Promise.all([near.close(), far.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const baseUrlAt = (port: number): string => `http://127.0.0.1:${port}/ispws`;

const importKnownFiles = async (platform: Platform, folder: string): Promise<void> => {
  const file = path.join(folder, 'known.csv');
  const lines = (await knownFiles()).map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  await writeFile(file, `sha256\n${lines.join('\n')}\n`);
  await platform.importList({ path: file, name: 'known', actor: 'test' });
};

const run = (program: string, args: readonly string[]): ChildProcess => {
  const file = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  return spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
};

const firstLine = (child: ChildProcess): Promise<string | undefined> =>
  new Promise((resolve) => {
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => resolve(undefined));
  });

const kill = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
};

const startClearinghouse = async (args: readonly string[]) => {
  const child = run('clearinghouse-process', args);
  const line = await firstLine(child);
  if (line === undefined) throw new Error('the clearinghouse did not start');
  return { process: child, port: Number(line.split(' ')[1]) };
};

const workerOf = (args: readonly string[]): Worker => {
  const child = run('filing-process', args);
  const state = firstLine(child).then((line) => (line === 'stopped' || line === 'ended' ? line : 'killed'));
  return { state, kill: () => kill(child) };
};
