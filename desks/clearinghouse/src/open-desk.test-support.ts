import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, toInstant } from '@tutela/core';
import { type CybertipClient, createCybertipClient } from '@tutela/cybertip';
import { openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { openFolderVault, type Vault } from '@tutela/vault';
import fastify from 'fastify';
import {
  type ClearinghouseDeps,
  type ClearinghouseDesk,
  clearinghouseMigrations,
  documentationRanges,
} from './desk.js';
import { openClearinghouseDesk } from './index.js';
import { readRangeData } from './referral/range-data.js';

export interface SettableClock extends Clock {
  /** @param at RFC 3339 */
  readonly set: (at: string) => void;
}

export const settableClock = (at: string): SettableClock => {
  let now = new Date(at);
  return {
    now: () => toInstant(now),
    set: (to) => {
      now = new Date(to);
    },
  };
};

/** What outlives a server: its database and its vault. */
export interface Ground {
  readonly database: ScratchDatabase;
  readonly vault: Vault;
  /** Changes one byte of an object on the disk. */
  readonly damage: (sha256: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const openGround = async (): Promise<Ground> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-clearinghouse-'));
  const database = await openScratchDatabase();
  await runMigrations(database.db, [ledgerMigrations, clearinghouseMigrations]);
  return {
    database,
    vault: await openFolderVault(folder),
    damage: async (sha256) => {
      const object = path.join(folder, 'objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
      const bytes = await readFile(object);
      bytes.writeUInt8(bytes.readUInt8(0) ^ 1);
      await chmod(object, 0o600);
      await writeFile(object, bytes);
    },
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export interface RunningDesk {
  readonly desk: ClearinghouseDesk;
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly client: (username: string, password: string) => CybertipClient<'test'>;
  readonly stop: () => Promise<void>;
}

/** A server over HTTP on the ground; stopping it and starting another is a restart. */
export const startDesk = async (
  ground: Ground,
  clock: Clock,
  api: NonNullable<ClearinghouseDeps['api']> = {},
): Promise<RunningDesk> => {
  const ranges = await readRangeData(fileURLToPath(documentationRanges));
  if (ranges.kind !== 'done') throw new Error(ranges.reason.message);
  const { vault, database } = ground;
  const desk = openClearinghouseDesk({ db: database.db, vault, clock, ranges: ranges.value, api });
  const server = fastify();
  await server.register(desk.routes);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    desk,
    address,
    client: (username, password) =>
      createCybertipClient({ baseUrl: `${address}/ispws`, environment: 'test', username, password, clock }),
    stop: () => server.close(),
  };
};
