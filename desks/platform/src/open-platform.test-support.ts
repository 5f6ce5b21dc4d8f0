import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@tutela/core';
import { openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { type Engine, openEngine } from '@tutela/engine';
import { defaultRules } from '@tutela/exposure';
import { exposureMigrations } from '@tutela/exposure/postgres';
import { pdq } from '@tutela/fingerprint';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { openDecoder } from '@tutela/media';
import { makePicture } from '@tutela/testkit';
import { openFolderVault } from '@tutela/vault';
import type { Destination, PlatformDeps, PlatformPolicy } from './deps.js';
import { openPlatformDesk, type PlatformDesk, platformMigrations } from './desk.js';
import { packHashes } from './lists/packed-hashes.js';
import { storeList } from './lists/store-list.js';

export interface OpenedPlatform {
  readonly desk: PlatformDesk;
  readonly deps: PlatformDeps;
  readonly scratch: ScratchDatabase;
  /** An empty folder of the test's own. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** The desk on a database, a vault and an engine of its own, all real. */
export const openPlatformForTest = async (
  policy: PlatformPolicy,
  destination?: Destination,
): Promise<OpenedPlatform> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela platform '));
  const scratch = await openScratchDatabase();
  await runMigrations(scratch.db, [ledgerMigrations, exposureMigrations, platformMigrations]);
  const decoder = openDecoder({ processes: 1 });
  const vault = (await openFolderVault(path.join(folder, 'vault'))).forCase('platform/reports');
  let engine: Engine | undefined;
  const opened = (): Engine => {
    if (engine === undefined) throw new TypeError('the engine is not open yet');
    return engine;
  };
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const rules = defaultRules;
  const parts = { db: scratch.db, vault, decoder, clock: systemClock, engine: opened, policy, rules, log };
  const deps: PlatformDeps = { ...parts, ...(destination !== undefined && { destination }) };
  const desk = openPlatformDesk(deps);
  const { queues, workflows } = desk;
  engine = await openEngine({ database: scratch, queues, workflows, log, onLost: (error) => log(error.message) });
  const close = async (): Promise<void> => {
    await engine?.close();
    await decoder.close();
    await scratch.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { desk, deps, scratch, folder, close };
};

/** A list of the pictures of some seeds, by what they look like, and of some bytes, by their SHA-256. */
export const storeListOf = (
  deps: PlatformDeps,
  name: string,
  { seeds, files }: { readonly seeds: readonly number[]; readonly files: readonly Uint8Array[] },
) => {
  const hashes = packHashes();
  for (const [at, seed] of seeds.entries()) hashes.pdq.add(pdq(makePicture(seed)).hash, at + 1);
  for (const [at, bytes] of files.entries()) {
    hashes.sha256.add(createHash('sha256').update(bytes).digest(), seeds.length + at + 1);
  }
  const counts = { md5: 0, sha1: 0, sha256: files.length, pdq: seeds.length };
  const tally = { hashes: counts, refused: 0, doubled: 0, flagged: 0 };
  return storeList(deps, { name, sourceName: 'test', sourceSha256: new Uint8Array(32), hashes, tally, actor: 'test' });
};
