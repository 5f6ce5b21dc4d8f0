import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type ClearinghouseDeps,
  type ClearinghouseDesk,
  clearinghouseMigrations,
  openClearinghouseDesk,
} from '@tutela/clearinghouse-desk';
import { type Db, openScratchDatabase, runMigrations } from '@tutela/db';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { openFolderVault } from '@tutela/vault';
import fastify from 'fastify';

export interface OpenedClearinghouse {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly username: string;
  readonly password: string;
  readonly desk: ClearinghouseDesk;
  readonly db: Db;
  readonly close: () => Promise<void>;
}

/** A clearinghouse over HTTP for clients that are not ours. */
export const openClearinghouse = async (
  api: NonNullable<ClearinghouseDeps['api']> = {},
): Promise<OpenedClearinghouse> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-conformance-'));
  const database = await openScratchDatabase();
  await runMigrations(database.db, [ledgerMigrations, clearinghouseMigrations]);
  const desk = openClearinghouseDesk({
    db: database.db,
    vault: (await openFolderVault(folder)).forCase('clearinghouse/reports'),
    api,
  });
  const { username, password } = await desk.issueCredentials({ username: 'foreign', organisation: 'Foreign client' });
  const server = fastify();
  await server.register(desk.routes);
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const close = async (): Promise<void> => {
    await server.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { origin, username, password, desk, db: database.db, close };
};
