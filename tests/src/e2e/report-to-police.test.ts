import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCybertipClient } from '@tutela/cybertip';
import { openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { type InvestigatorDesk, investigatorMigrations, openInvestigatorDesk } from '@tutela/investigator-desk';
import { ledgerMigrations } from '@tutela/ledger/postgres';
import { policyMigrations } from '@tutela/policy/postgres';
import { openFolderVault } from '@tutela/vault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedClearinghouse, openClearinghouse } from '../conformance/open-clearinghouse.js';

const bytes = new TextEncoder().encode('a harmless picture');
const md5 = createHash('md5').update(bytes).digest('hex');

let folder: string;
let clearinghouse: OpenedClearinghouse;
let database: ScratchDatabase;
let police: InvestigatorDesk;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-police-'));
  clearinghouse = await openClearinghouse();
  database = await openScratchDatabase();
  await runMigrations(database.db, [ledgerMigrations, policyMigrations, investigatorMigrations]);
  police = openInvestigatorDesk({
    db: database.db,
    vault: (await openFolderVault(path.join(folder, 'vault'))).forCase('investigator/deliveries'),
  });
});
afterAll(async () => {
  await database.close();
  await clearinghouse.close();
  await rm(folder, { recursive: true });
});

const fileReport = async (): Promise<string> => {
  const { origin, username, password } = clearinghouse;
  const client = createCybertipClient({ baseUrl: `${origin}/ispws`, environment: 'test', username, password });
  const opened = await client.submit({
    incidentSummary: { incidentType: 'Child Sex Tourism', incidentDateTime: '2026-03-01T10:15:00Z' },
    reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
    personOrUserReported: [
      { screenName: 'Zoë 🐘', ipCaptureEvent: [{ ipAddress: '192.0.2.7', eventName: 'Login', port: 51_344 }] },
    ],
  });
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  const uploaded = await client.upload({ reportId: opened.value, file: { name: 'a.png', bytes }, md5 });
  if (uploaded.kind !== 'done') throw new Error(uploaded.reason.message);
  const uploadedToEspTimestamp = '2026-02-28T08:00:00Z';
  const { fileId } = uploaded.value;
  await client.fileinfo({ reportId: opened.value, fileId, fileViewedByEsp: false, uploadedToEspTimestamp });
  await client.finish(opened.value);
  return opened.value;
};

const download = async (address: string, name: string): Promise<string> => {
  const response = await fetch(`${clearinghouse.origin}${address}`);
  expect(response.status).toBe(200);
  const file = path.join(folder, name);
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  return file;
};

test('a report goes from a platform through the clearinghouse to the police as it was filed, and its file comes with the ZIP', async () => {
  const number = await fileReport();
  const json = await download(`/clearinghouse/reports/${number}/export`, 'report.json');
  const zip = await download(`/clearinghouse/reports/${number}/export.zip`, 'report.zip');
  const first = await police.importReport({ path: json, actor: 'unit-1' });
  const second = await police.importReport({ path: zip, actor: 'unit-1' });
  const third = await police.importReport({ path: zip, actor: 'unit-2' });
  expect(first).toMatchObject({
    value: { status: 'imported', report: { files: [{ comparison: 'not-delivered', objects: [] }] } },
  });
  expect(second).toMatchObject({
    value: {
      status: 'completed',
      report: {
        summary: { reportNumber: number, esp: 'Foreign client', incidentAt: '2026-03-01T10:15:00.000Z' },
        content: { notes: [] },
        persons: [
          {
            role: 'reported',
            content: { screenName: 'Zoë 🐘' },
            captures: [{ type: 'IP Address', value: '192.0.2.7', port: 51_344, event: 'LOGIN' }],
          },
        ],
        files: [
          {
            name: 'a.png',
            statedHash: md5,
            viewedByEsp: false,
            locked: 'not-viewed-by-provider',
            uploadedAt: '2026-02-28T08:00:00.000Z',
            comparison: 'verified',
            objects: [{ md5, size: bytes.length }],
          },
        ],
      },
    },
  });
  expect(third).toMatchObject({ value: { status: 'already-there' } });
});
