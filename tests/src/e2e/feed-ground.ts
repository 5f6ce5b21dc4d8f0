import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demonstrationAuthorities } from '@tutela/clearinghouse-desk';
import { createCybertipClient } from '@tutela/cybertip';
import { openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { investigatorMigrations } from '@tutela/investigator-desk';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { policyMigrations } from '@tutela/policy/postgres';
import { type FaultProxy, openFaultProxy } from '@tutela/testkit';
import { type Compartment, openFolderVault } from '@tutela/vault';
import { sql } from 'kysely';
import { type OpenedClearinghouse, openClearinghouse } from '../conformance/open-clearinghouse.js';

export const authority = 'us-demo-police';
export const actor = 'unit-1';

/** A clearinghouse over HTTP, a way to its feed that can be made to fail, and what the police keep. */
export interface FeedGround {
  readonly clearinghouse: OpenedClearinghouse;
  readonly proxy: FaultProxy;
  readonly database: ScratchDatabase;
  readonly vaultFolder: string;
  readonly vault: Compartment;
  readonly address: { readonly baseUrl: string; readonly authority: string; readonly credential: string };
  /** Of an account in the United States, with one file of that size; once it is routed. */
  readonly fileReport: (name: string, size?: number) => Promise<string>;
  /** Numbers of the reports that the police have. */
  readonly imported: () => Promise<readonly string[]>;
  /** Of each referral, as the clearinghouse has it. */
  readonly states: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export const openFeedGround = async (): Promise<FeedGround> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela feed '));
  const clearinghouse = await openClearinghouse();
  const proxy = await openFaultProxy({ port: Number(new URL(clearinghouse.origin).port) });
  const { routing } = clearinghouse.desk;
  await routing.importRegistry({ text: await readFile(demonstrationAuthorities, 'utf8'), by: actor });
  const issued = await routing.issueFeedCredential({ authorityId: authority, by: actor });
  if (issued.kind !== 'done') throw new Error(issued.reason.message);
  const { credential } = issued.value;
  const database = await openScratchDatabase();
  await runMigrations(database.db, [ledgerMigrations, policyMigrations, investigatorMigrations]);
  const vaultFolder = path.join(folder, 'vault');
  return {
    clearinghouse,
    proxy,
    database,
    vaultFolder,
    vault: (await openFolderVault(vaultFolder)).forCase('investigator/deliveries'),
    address: { baseUrl: `http://127.0.0.1:${proxy.port}`, authority, credential },
    fileReport: (name, size = 40) => fileReport(clearinghouse, name, size),
    imported: async () => {
      const { rows } = await sql<{ n: string }>`
        select report_number as n from investigator.report order by 1`.execute(database.db);
      return rows.map(({ n }) => n);
    },
    states: async () => {
      const { rows } = await sql<{ state: string }>`
        select state from clearinghouse.referral order by made_at`.execute(clearinghouse.db);
      return rows.map(({ state }) => state);
    },
    close: async () => {
      await database.close();
      await proxy.close();
      await clearinghouse.close();
      await rm(folder, { recursive: true });
    },
  };
};

const fileReport = async (clearinghouse: OpenedClearinghouse, name: string, size: number): Promise<string> => {
  const { origin, username, password } = clearinghouse;
  const client = createCybertipClient({ baseUrl: `${origin}/ispws`, environment: 'test', username, password });
  const opened = await client.submit({
    incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
    reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
    personOrUserReported: [{ espIdentifier: name, estimatedLocation: { countryCode: 'US' } }],
  });
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  const bytes = new Uint8Array(size).fill(name.length);
  const md5 = createHash('md5').update(bytes).digest('hex');
  await client.upload({ reportId: opened.value, file: { name: `${name}.png`, bytes }, md5 });
  await client.finish(opened.value);
  await routed(clearinghouse, opened.value);
  return opened.value;
};

/** The clearinghouse does so of its own accord once a report is finished. */
const routed = async ({ db }: OpenedClearinghouse, report: string): Promise<void> => {
  for (let attempt = 0; attempt < 400; attempt++) {
    const { rows } = await sql`
      select from clearinghouse.routing where report_number = ${report}::bigint`.execute(db);
    if (rows.length > 0) return;
    await sleep(50);
  }
  throw new Error(`report ${report} was not routed`);
};
