// A clearinghouse in a process of its own: prints its address and credentials, ends with its input.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clearinghouseMigrations, openClearinghouseDesk } from '@tutela/clearinghouse-desk';
import { openScratchDatabase, runMigrations } from '@tutela/db';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { openFolderVault } from '@tutela/vault';
import fastify from 'fastify';

const folder = mkdtempSync(path.join(tmpdir(), 'tutela-bench-'));
const database = await openScratchDatabase();
await runMigrations(database.db, [ledgerMigrations, clearinghouseMigrations]);
const desk = openClearinghouseDesk({ db: database.db, vault: await openFolderVault(folder) });
const { username, password } = await desk.issueCredentials({ username: 'bench', organisation: 'Bench' });
const server = fastify();
await server.register(desk.routes);
const origin = await server.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ baseUrl: `${origin}/ispws`, username, password }));
const close = async () => {
  await server.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
};
process.stdin.resume().on('end', () => void close());
