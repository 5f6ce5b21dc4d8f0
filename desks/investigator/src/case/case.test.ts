import { systemClock, toInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sequence } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { investigatorCoveredTables } from '../desk.js';
import { type Ground, importedOf, openGround } from '../open-desk.test-support.js';
import { bytesOf, documentOf } from '../report.test-support.js';
import type { ReportId } from '../schema.js';
import { readCaseFile } from './case-file.js';
import { addReportToCase, closeCase, openCase } from './cases.js';
import { type NewCustody, recordCustody } from './custody.js';
import { recordExhibit } from './exhibits.js';

let ground: Ground;
const by = (minute: number) => ({ by: 'staff-1', at: toInstant(new Date(Date.UTC(2026, 1, 3, 9, minute))) });
const act = <T>(doIt: (tx: Tx) => Promise<T>) => inTransaction(ground.database.db, doIt);
const caseRef = 'OPP-26-1042';

beforeAll(async () => {
  ground = await openGround();
  await act((tx) => openCase(tx, { caseRef, title: 'Storage provider', ...by(0) }));
});
afterAll(() => ground.close());

const signer = signerFromPem('investigator.example/ledger', newSigningKeyPem());
const findings = async () => {
  await sequence(ground.database.db, { signer, clock: systemClock });
  const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
  return (await checkLedger(ground.database.db, { publicKeys, coveredTables: investigatorCoveredTables })).findings;
};

const custody = (changes: Partial<NewCustody>): NewCustody => ({
  caseRef,
  exhibit: '3',
  action: 'transferred',
  happenedAt: by(20).at,
  holder: 'staff-2',
  handedOverBy: 'staff-1',
  place: 'Locker 4',
  reason: 'examination',
  ...changes,
});

test('a case is opened once, and a reference that is none is refused', async () => {
  const again = await act((tx) => openCase(tx, { caseRef, title: 'Another', ...by(1) }));
  const bad = await act((tx) => openCase(tx, { caseRef: '../x', title: 'Bad', ...by(1) }));
  expect([again, bad]).toMatchObject([{ reason: { code: 'known-already' } }, { reason: { code: 'malformed-case' } }]);
});

test('holds reports, exhibits and what happened to them, in order, each vouched for by the ledger', async () => {
  const report = importedOf(await ground.importBytes(bytesOf(documentOf(1, [])))).report.summary.reportId as ReportId;
  expect(await act((tx) => addReportToCase(tx, { caseRef, reportId: report, ...by(2) }))).toMatchObject({
    value: 'linked',
  });
  expect(await act((tx) => addReportToCase(tx, { caseRef, reportId: report, ...by(3) }))).toMatchObject({
    value: 'linked-already',
  });
  await act((tx) => recordExhibit(tx, { caseRef, number: '3', description: 'Server, rack 7', serial: 'S-1' }, by(4)));
  const drive = {
    caseRef,
    number: '3a',
    parent: '3',
    description: 'Drive',
    sha256: 'ab'.repeat(32),
    acquisition: { tool: 'ewfacquire', toolVersion: '20140814', writeBlocker: 'T8u', readErrors: ['LBA 7'] },
    clockOffsetSeconds: '-12.5',
  };
  await act((tx) => recordExhibit(tx, drive, by(5)));
  await act((tx) => recordCustody(tx, custody({ action: 'sealed', sealIds: ['A-1'] }), by(20)));
  await act((tx) => recordCustody(tx, custody({}), by(21)));
  const file = await readCaseFile(ground.database.db, caseRef);
  expect(file).toMatchObject({
    case: { title: 'Storage provider', closed_at: null },
    reports: [{ report_id: report, report_number: '1' }],
    exhibits: [
      {
        number: '3',
        custody: [
          { ordinal: 1, action: 'sealed', seal_ids: ['A-1'] },
          { ordinal: 2, action: 'transferred' },
        ],
      },
      { number: '3a', acquisition: drive.acquisition, clock_offset_seconds: '-12.5', custody: [] },
    ],
  });
  expect(file?.exhibits[1]?.parent_id).toBe(file?.exhibits[0]?.exhibit_id);
  expect(await findings()).toEqual([]);
});

test('refuses custody without a seal number, of what has not happened yet, or of an exhibit that is not there', async () => {
  const codes = [];
  for (const changes of [{ action: 'sealed' as const }, { happenedAt: by(59).at }, { exhibit: '9' }]) {
    const outcome = await act((tx) => recordCustody(tx, custody(changes), by(30)));
    codes.push(outcome.kind === 'done' ? 'done' : outcome.reason.code);
  }
  expect(codes).toEqual(['malformed-custody', 'malformed-custody', 'unknown-exhibit']);
});

test('custody only grows', async () => {
  const change = sql`update investigator.custody_event set holder = 'nobody'`.execute(ground.database.db);
  await expect(change).rejects.toMatchObject({ code: '42501' });
});

test('nothing is added to a closed case, but exhibits are given back', async () => {
  await act((tx) => openCase(tx, { caseRef: 'c-2', title: 'Short', ...by(0) }));
  await act((tx) => recordExhibit(tx, { caseRef: 'c-2', number: '1', description: 'Phone' }, by(1)));
  await act((tx) => closeCase(tx, 'c-2', { ...by(40), reason: 'no charge' }));
  const added = await act((tx) => recordExhibit(tx, { caseRef: 'c-2', number: '2', description: 'Phone' }, by(41)));
  expect(added).toMatchObject({ kind: 'refused', reason: { code: 'closed' } });
  const returned = custody({ caseRef: 'c-2', exhibit: '1', action: 'returned', reason: 'closed', holder: 'owner' });
  expect(await act((tx) => recordCustody(tx, returned, by(42)))).toMatchObject({ kind: 'done' });
  expect(await findings()).toEqual([]);
});
