import { createHash } from 'node:crypto';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { canonicalJson, systemClock } from '@tutela/core';
import { type Db, openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import type { CaseKeyStore } from '../keys/case-key-store.js';
import { openFileInstallationKey } from '../keys/file-installation-key.js';
import { openKeyring } from '../keys/keyring.js';
import { openVault } from '../open-vault.js';
import { openFolderStore } from '../store/folder-store.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import type { Compartment, Sha256 } from '../vault.js';
import type { ShredAuthorisation } from './authorisation.js';
import { vaultCoveredTables, vaultMigrations } from './migrations.js';

export const openDatabase = async (): Promise<ScratchDatabase> => {
  const database = await openScratchDatabase();
  onTestFinished(() => database.close());
  await runMigrations(database.db, [ledgerMigrations, vaultMigrations]);
  return database;
};

/** A vault whose parts lie in folders of their own, so that each can be copied by itself. */
export const openPlaces = async (folder: string, keys: CaseKeyStore) => {
  const store = await openFolderStore(path.join(folder, 'vault'));
  const installationKeys = await openFileInstallationKey(path.join(folder, 'installation-key'));
  const keyring = openKeyring({ keys, installationKeys });
  return { store, keys, installationKeys, keyring, vault: openVault({ store, keyring }) };
};

export const copyOf = async (folder: string, ...names: readonly string[]): Promise<string> => {
  const copy = temporaryFolder();
  for (const name of names) await cp(path.join(folder, name), path.join(copy, name), { recursive: true });
  return copy;
};

export const read = async (compartment: Compartment, sha256: Sha256): Promise<string> => {
  const opened = await compartment.open(sha256);
  return opened.kind === 'done' ? (await buffer(opened.value.bytes)).toString() : opened.reason.code;
};

/** As packages/policy hands it over once two people have signed. */
export const approved = (
  content: { readonly caseRef: string; readonly keyId: string },
  approvedBy: readonly string[] = ['prosecutor-1', 'supervisor-2'],
): ShredAuthorisation => {
  const { caseRef, keyId } = content;
  const requested = { v: 1, id: 'r-1', action: 'case.shred', caseRef, requestedBy: 'officer-7', reason: 'acquitted' };
  const request = canonicalJson({ ...requested, content: { keyId } });
  return { request, requestDigest: createHash('sha256').update(request).digest('hex'), approvedBy };
};

const schemas = ['ledger', 'vault', 'desk'];

/** Every row of a database in another one, as a dump brings it back; without the tables named. */
export const restoreDump = async (from: Db, to: Db, except: readonly string[] = []): Promise<void> => {
  const { rows } = await sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema = any(${schemas}::text[]) and table_name not like 'migration%'
       and table_type = 'BASE TABLE'`.execute(from);
  for (const { name } of rows.filter((table) => !except.includes(table.name))) {
    const table = sql.table(name);
    const found = await sql<{ all: string | null }>`
      select jsonb_agg(to_jsonb(one))::text as all from ${table} as one`.execute(from);
    await sql`insert into ${table} overriding system value
      select * from jsonb_populate_recordset(null::${table}, ${found.rows[0]?.all ?? '[]'}::jsonb)`.execute(to);
  }
};

export const openLog = () => {
  const signer = signerFromPem('test.example/vault', newSigningKeyPem());
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  const deps = { signer, clock: systemClock };
  return {
    sequence: (db: Db) => sequence(db, deps),
    check: (db: Db, more: Partial<Parameters<typeof checkLedger>[1]> = {}) =>
      checkLedger(db, { publicKeys, coveredTables: vaultCoveredTables, ...more }),
  };
};
