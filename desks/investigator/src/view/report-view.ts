import { groupBy } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Static } from 'typebox';
import {
  type FileRow,
  findReport,
  listCaptures,
  listDeliveries,
  listFiles,
  listObjects,
  listPersons,
  type ReportSummary,
} from '../queries/listing.js';
import type { Comparison, ReportId } from '../schema.js';
import type { captureBody, fileBody, ReportView, reportSummaryBody } from './report-body.js';

type FileView = Static<typeof fileBody>;
type CaptureView = Static<typeof captureBody>;

export const viewReport = async (db: Db, reportId: ReportId): Promise<ReportView | undefined> => {
  const report = await findReport(db, reportId);
  if (report === undefined) return undefined;
  const [persons, files, objects, captures, deliveries] = await Promise.all([
    listPersons(db, reportId),
    listFiles(db, reportId),
    listObjects(db, reportId),
    listCaptures(db, reportId),
    listDeliveries(db, reportId),
  ]);
  const capturesBy = groupBy(captures, ({ owner, owner_ordinal }) => `${owner} ${owner_ordinal}`);
  const capturesOf = (owner: string, ordinal: number): CaptureView[] =>
    (capturesBy.get(`${owner} ${ordinal}`) ?? []).map(captureView);
  const objectsBy = groupBy(objects, ({ file_id }) => file_id);
  const { incidents, notes, ...content } = report.content;
  return {
    summary: summaryView(report),
    content: { ...content, notes: notes.map((note) => ({ ...note })) },
    incidents: incidents.map((incident, at) => ({ content: incident, captures: capturesOf('incident', at + 1) })),
    persons: persons.map(({ role, content: said, ordinal }) => ({
      role,
      content: said,
      captures: capturesOf('person', ordinal),
    })),
    files: files.map((file) => fileView(file, objectsBy.get(file.file_id) ?? [], capturesOf('file', file.ordinal))),
    deliveries: deliveries.map(({ name, kind, size, sha256, imported_at: importedAt, listing, entries }) => {
      return { name, kind, size, sha256, importedAt, listing, entries: entries.map((entry) => ({ ...entry })) };
    }),
  };
};

export const summaryView = (row: ReportSummary): Static<typeof reportSummaryBody> => ({
  reportId: row.report_id,
  reportNumber: row.report_number,
  esp: row.esp_name,
  incidentType: row.incident_type,
  incidentAt: row.incident_at,
  receivedAt: row.received_at,
  importedAt: row.imported_at,
  documentSha256: row.document_sha256,
  persons: row.persons,
  files: row.files,
});

type ObjectRow = Awaited<ReturnType<typeof listObjects>>[number];
type CaptureRow = Awaited<ReturnType<typeof listCaptures>>[number];

const fileView = (file: FileRow, objects: readonly ObjectRow[], captures: CaptureView[]): FileView => ({
  fileId: file.file_id,
  name: file.name,
  originalName: file.original_name,
  statedHash: file.stated_hash,
  viewedByEsp: file.viewed_by_esp,
  locked: lockOf(file.viewed_by_esp),
  uploadedAt: file.uploaded_at,
  comparison: best(objects),
  objects: objects.map(({ sha256, md5, size, comparison, entry_name: entryName }) => {
    return { sha256, md5, size, comparison, entryName };
  }),
  content: file.content,
  captures,
});

const lockOf = (viewedByEsp: boolean | null): FileView['locked'] => {
  if (viewedByEsp === true) return null;
  return viewedByEsp === false ? 'not-viewed-by-provider' : 'viewing-not-stated';
};

const byWorth: readonly Comparison[] = ['verified', 'differs', 'not-stated'];
const best = (objects: readonly ObjectRow[]): FileView['comparison'] =>
  byWorth.find((worth) => objects.some(({ comparison }) => comparison === worth)) ?? 'not-delivered';

const captureView = (row: CaptureRow): CaptureView => ({
  type: row.type,
  value: row.value,
  port: row.port,
  at: row.captured_at,
  stated: row.stated_at,
  event: row.event,
  others: row.others,
});
