import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, toInstant } from '@tutela/core';
import { type CybertipClient, createCybertipClient } from '@tutela/cybertip';
import { openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { policyMigrations } from '@tutela/policy/postgres';
import { readRangeData } from '@tutela/ranges';
import { type Compartment, openFolderVault } from '@tutela/vault';
import fastify from 'fastify';
import {
  type ClearinghouseDeps,
  type ClearinghouseDesk,
  clearinghouseMigrations,
  documentationRanges,
} from './desk.js';
import { openClearinghouseDesk } from './index.js';

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
  readonly vault: Compartment;
  /** Changes one byte of the object that was put last, on the disk. */
  readonly damage: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const openGround = async (): Promise<Ground> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-clearinghouse-'));
  const database = await openScratchDatabase();
  await runMigrations(database.db, [ledgerMigrations, policyMigrations, clearinghouseMigrations]);
  return {
    database,
    vault: (await openFolderVault(folder)).forCase('clearinghouse/reports'),
    damage: async () => {
      const found = await readdir(path.join(folder, 'objects'), { recursive: true, withFileTypes: true });
      const objects = found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
      const ages = await Promise.all(objects.map(async (object) => ({ object, at: (await stat(object)).mtimeMs })));
      const { object } = ages.sort((one, other) => other.at - one.at)[0] as (typeof ages)[number];
      const bytes = await readFile(object);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
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
  more: Pick<ClearinghouseDeps, 'triagePolicy' | 'decoder' | 'marks' | 'looking' | 'routing'> = {},
): Promise<RunningDesk> => {
  const ranges = await readRangeData(fileURLToPath(documentationRanges));
  if (ranges.kind !== 'done') throw new Error(ranges.reason.message);
  const { vault, database } = ground;
  const desk = openClearinghouseDesk({ db: database.db, vault, clock, ranges: [ranges.value], api, ...more });
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
