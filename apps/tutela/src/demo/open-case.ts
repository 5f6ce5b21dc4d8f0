import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock, type UtcInstant } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { addReportToCase, listCases, openCase, recordCustody, recordExhibit } from '@tutela/investigator-desk';
import { stepsUpTo } from '@tutela/policy';
import { enterAuthority, requestRole } from '@tutela/policy/postgres';
import { z } from 'zod';
import type { Node } from '../node/node.js';
import { granted } from '../policy/refusals.js';
import { askFor } from './ask.js';
import { demoAuthority } from './authority.js';
import { approveAs, type DemoPeople } from './people.js';

/**
 * One case of the investigator desk: an authority, a report of the demonstration's clearinghouse, an exhibit.
 * @returns its reference, one that was free
 */
export const openDemoCase = async (
  node: Node,
  { investigator, approvers: [verifier] }: DemoPeople,
  { folder, reportNumber }: { readonly folder: string; readonly reportNumber: string },
): Promise<string> => {
  const { database } = node.workplace;
  const { db } = database;
  const by = investigator.person;
  const now = () => systemClock.now();
  const act = <T>(doIt: (tx: Tx, at: UtcInstant) => Promise<T>): Promise<T> =>
    inTransaction(db, (tx) => doIt(tx, now()));
  const reportId = await importedReport(node, { folder, reportNumber, by });

  const caseRef = `DEMO-${(await listCases(db, { limit: 1000 })).length + 1}`;
  granted(await act((tx, at) => openCase(tx, { caseRef, title: 'Demonstration', by, at })));
  const role = { caseRef, person: by, role: 'lead' } as const;
  const asking = { requestedBy: by, reason: 'demonstration' };
  const lead = granted(await act((tx, at) => requestRole(tx, role, { ...asking, at })));
  const courtOrder = demoAuthority({
    caseRef,
    kind: 'court-order',
    fileNumber: 'DEMO-ORDER-1',
    grants: stepsUpTo('disclose'),
    scope: {},
    by,
  });
  const entered = granted(await act((tx) => enterAuthority(tx, courtOrder)));
  await approveAs(db, lead.digest, verifier);
  await approveAs(db, entered.digest, verifier);
  granted(await act((tx, at) => addReportToCase(tx, { caseRef, reportId, by, at })));
  granted(await act((tx, at) => recordExhibit(tx, { ...exhibit, caseRef }, { by, at })));
  const custody = { caseRef, exhibit: exhibit.number, holder: by };
  granted(
    await act((tx, at) =>
      recordCustody(
        tx,
        { ...custody, action: 'seized', happenedAt: at, sealIds: ['DEMO-SEAL-1'], reason: 'demonstration' },
        { by, at },
      ),
    ),
  );
  return caseRef;
};

const exhibit = {
  number: 'EX-1',
  description: 'A memory card that does not exist',
  seizedPlace: 'nowhere',
  seizedFrom: 'suspect-1',
  make: 'Example card',
  serial: 'SN-0001',
  capacityBytes: 32_000_000_000,
  sealIds: ['DEMO-SEAL-1'],
} as const;

/** It came over the feed; a demonstration whose report nobody could be referred to takes the clearinghouse's export. */
const importedReport = async (
  node: Node,
  { folder, reportNumber, by }: { readonly folder: string; readonly reportNumber: string; readonly by: string },
): Promise<ReportId> => {
  const { reports } = importedReports.parse(await (await askFor(node, '/investigator/reports?limit=500')).json());
  const pulled = reports.find((one) => one.reportNumber === reportNumber);
  if (pulled !== undefined) return pulled.reportId as ReportId;
  const file = path.join(folder, `report-${reportNumber}.zip`);
  const delivered = await askFor(node, `/clearinghouse/reports/${reportNumber}/export.zip`);
  await writeFile(file, Buffer.from(await delivered.arrayBuffer()));
  const { report } = granted(await node.workplace.desks.investigator.importReport({ path: file, actor: by }));
  return report.summary.reportId as ReportId;
};

type ReportId = Parameters<typeof addReportToCase>[1]['reportId'];
const importedReports = z.object({
  reports: z.array(z.object({ reportId: z.string(), reportNumber: z.string().nullable() })),
});
