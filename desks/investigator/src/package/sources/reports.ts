import { createHash } from 'node:crypto';
import { done } from '@tutela/core';
import type { ReportRecord } from '@tutela/evidence';
import { sha256Address } from '@tutela/vault';
import { listCaseReports } from '../../case/queries.js';
import { findReport, listDeliveries, listFiles, listObjects } from '../../queries/listing.js';
import type { CaseItem, MaterialSource, SourceDeps } from '../material-source.js';
import { readDocument } from '../queries.js';

type LinkedReport = Awaited<ReturnType<typeof listCaseReports>>[number];

/** The reports of a case: each document as it was delivered, and each file that came with it. */
export const reportMaterial: MaterialSource = async (deps, caseRef) => {
  const linked = await listCaseReports(deps.db, caseRef);
  const parts = await Promise.all(linked.map((report, at) => oneReport(deps, report, `report-${at + 1}`)));
  return {
    reports: parts.map(({ record }) => record),
    items: parts.flatMap(({ items }) => items),
    chronology: parts.flatMap(({ chronology }) => chronology),
  };
};

const oneReport = async (deps: SourceDeps, { report_id }: LinkedReport, id: string) => {
  const { db } = deps;
  const [report, files, objects, deliveries, document] = await Promise.all([
    findReport(db, report_id),
    listFiles(db, report_id),
    listObjects(db, report_id),
    listDeliveries(db, report_id),
    readDocument(db, report_id),
  ]);
  if (report === undefined) throw new TypeError(`report ${report_id} is gone`);
  const first = deliveries[0];
  const record: ReportRecord = {
    id,
    from: report.esp_name ?? 'not stated',
    receivedAt: report.imported_at,
    ...(report.incident_type !== null && { incidentType: report.incident_type }),
    ...(report.incident_at !== null && { incidentAt: report.incident_at }),
    files: report.files,
    sha256: first?.sha256 ?? report.document_sha256,
  };
  const object = (itemRef: string, path: string) => ({ sourceId: report_id, itemRef, path, terms: [] });
  const own: CaseItem = {
    id: `${id}-document`,
    as: 'original',
    name: `report-${report.report_number}.json`,
    report: id,
    mediaType: 'application/json',
    bytes: BigInt(document.length),
    digests: {
      sha256: report.document_sha256,
      md5: createHash('md5').update(document).digest('hex'),
    },
    object: { ...object(`${id}-document`, 'report.json'), fileClass: 'document' },
    open: async () => done(inOne(document)),
  };
  const items = files.flatMap((file): readonly CaseItem[] => {
    const held = objects.filter(({ file_id }) => file_id === file.file_id);
    return held.map((each, at) => {
      const itemId = `${id}-file-${file.ordinal}${at === 0 ? '' : `-${at + 1}`}`;
      return {
        id: itemId,
        as: 'original',
        name: file.name ?? each.entry_name,
        foundAt: each.entry_name,
        report: id,
        bytes: BigInt(each.size),
        digests: { sha256: each.sha256, md5: each.md5 },
        object: { ...object(itemId, each.entry_name), ...(file.uploaded_at !== null && { at: file.uploaded_at }) },
        open: async () => {
          const opened = await deps.deliveries.open(sha256Address(each.sha256));
          return opened.kind === 'done' ? done(opened.value.bytes) : opened;
        },
      };
    });
  });
  const chronology = [
    ...(report.received_at === null
      ? []
      : [
          { at: report.received_at, what: `received by the clearinghouse: report ${report.report_number}`, source: id },
        ]),
    ...files.flatMap(({ uploaded_at, name }) =>
      uploaded_at === null ? [] : [{ at: uploaded_at, what: `uploaded: ${name ?? 'a file'}`, source: id }],
    ),
  ];
  return { record, items: [own, ...items], chronology };
};

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
