import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { policyMigrations } from '@tutela/policy/postgres';
import { type Compartment, openFolderVault } from '@tutela/vault';
import { type ImportedReport, type InvestigatorDesk, investigatorMigrations, openInvestigatorDesk } from './desk.js';
import { defaultZipLimits, type ZipLimits } from './zip/zip-limits.js';

export interface Ground {
  readonly database: ScratchDatabase;
  readonly vault: Compartment;
  readonly desk: InvestigatorDesk;
  readonly deskWith: (limits: Partial<ZipLimits>) => InvestigatorDesk;
  /** Imports bytes as a file of that name. */
  readonly importBytes: (
    bytes: Uint8Array | string,
    name?: string,
    desk?: InvestigatorDesk,
  ) => ReturnType<InvestigatorDesk['importReport']>;
  readonly close: () => Promise<void>;
}

export const openGround = async (): Promise<Ground> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-investigator-'));
  const database = await openScratchDatabase();
  await runMigrations(database.db, [ledgerMigrations, policyMigrations, investigatorMigrations]);
  const vault = (await openFolderVault(path.join(folder, 'vault'))).forCase('investigator/deliveries');
  const deskWith = (limits: Partial<ZipLimits>): InvestigatorDesk =>
    openInvestigatorDesk({ db: database.db, vault, zipLimits: { ...defaultZipLimits, ...limits } });
  const desk = deskWith({});
  return {
    database,
    vault,
    desk,
    deskWith,
    importBytes: async (bytes, name = 'report.json', at = desk) => {
      const file = path.join(folder, name);
      await writeFile(file, bytes);
      return await at.importReport({ path: file, actor: 'investigator-1' });
    },
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const importedOf = (outcome: Awaited<ReturnType<InvestigatorDesk['importReport']>>): ImportedReport => {
  if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
  return outcome.value;
};
