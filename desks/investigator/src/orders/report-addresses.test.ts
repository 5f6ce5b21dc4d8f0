import { systemClock } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addReportToCase, openCase } from '../case/cases.js';
import { type Ground, importedOf, openGround } from '../open-desk.test-support.js';
import { bytesOf, documentOf } from '../report.test-support.js';
import type { ReportId } from '../schema.js';
import { importObservedInReport } from './import-observations.js';
import { listUsable } from './queries.js';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());
const by = () => ({ by: 'staff-1', at: systemClock.now() });
const act = <T>(doIt: (tx: Tx) => Promise<T>) => inTransaction(ground.database.db, doIt);

test('addresses of a report of the case are taken over under the digest of its document, ports only with a protocol', async () => {
  const { report } = importedOf(await ground.importBytes(bytesOf(documentOf(1))));
  const reportId = report.summary.reportId as ReportId;
  const settings = { documentation: 'allow', hours: 24, abbreviations: {} } as const;
  const of = { reportId, settings, clockErrorSeconds: 'unknown' } as const;
  for (const caseRef of ['c-1', 'c-2', 'c-3']) await act((tx) => openCase(tx, { caseRef, title: 'Report', ...by() }));
  expect(await act((tx) => importObservedInReport(tx, { ...of, caseRef: 'c-3', proto: 'tcp' }, by()))).toMatchObject({
    reason: { code: 'unknown-report' },
  });
  for (const [caseRef, proto, port] of [
    ['c-1', 'tcp', 51_344],
    ['c-2', 'unknown', null],
  ] as const) {
    await act((tx) => addReportToCase(tx, { caseRef, reportId, ...by() }));
    const imported = await act((tx) => importObservedInReport(tx, { ...of, caseRef, proto }, by()));
    expect(imported).toMatchObject({ value: { usable: 1, refused: 0 } });
    expect(await listUsable(ground.database.db, caseRef)).toMatchObject([
      { ip: '192.0.2.7', port, entry: 'electronic', asked: { sourceDocument: report.summary.documentSha256 } },
    ]);
  }
});
