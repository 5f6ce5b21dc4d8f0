import { systemClock } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addReportToCase, openCase } from '../case/cases.js';
import { type Ground, importedOf, openGround } from '../open-desk.test-support.js';
import { bytesOf, documentOf, fileOf, pictures } from '../report.test-support.js';
import type { ReportId } from '../schema.js';
import { importObservedInReport, readObservedInReport } from './observed-in-report.js';
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

test('a connection that a report states more than once is one observation, and no failure', async () => {
  const again = {
    sourceInformation: {
      sourceCaptures: [
        {
          captureType: 'IP Address',
          value: '192.0.2.7',
          port: 51_344,
          dateTime: '2026-03-01T09:00:00Z',
          eventName: 'UPLOAD',
        },
        {
          captureType: 'IP Address',
          value: '192.0.2.7',
          port: 51_345,
          dateTime: '2026-03-01T09:00:00Z',
          eventName: 'UPLOAD',
        },
      ],
    },
  };
  const document = documentOf(2, [fileOf('one.jpg', pictures[0], again), fileOf('two.jpg', pictures[1], again)]);
  const { report } = importedOf(await ground.importBytes(bytesOf(document)));
  const reportId = report.summary.reportId as ReportId;
  const caseRef = 'c-4';
  await act((tx) => openCase(tx, { caseRef, title: 'Report', reportId, ...by() }));
  const settings = { documentation: 'allow', hours: 24, abbreviations: {} } as const;
  const asked = { caseRef, reportId, settings, clockErrorSeconds: '2', proto: 'tcp' } as const;
  const read = await readObservedInReport(ground.database.db, asked);
  expect(read?.addresses.map(({ repeats }) => repeats)).toEqual([null, 1, null, 1, 3]);
  expect(await act((tx) => importObservedInReport(tx, asked, by()))).toMatchObject({
    kind: 'done',
    value: { usable: 2, refused: 0, repeated: 3, codes: {} },
  });
  expect((await listUsable(ground.database.db, caseRef)).map(({ place, port }) => [place, port])).toEqual([
    [1, 51_344],
    [3, 51_345],
  ]);
});
