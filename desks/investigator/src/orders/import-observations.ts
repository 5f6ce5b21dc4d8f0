import { createHash } from 'node:crypto';
import { type IntakeSettings, type ObservationFields, readObservationsCsv } from '@tutela/attribution';
import { done, type JsonObject, newId, type Outcome, refused } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { type By, type CaseFault, lockOpenCase, recordCaseAct } from '../case/cases.js';
import type { ReportId } from '../schema.js';
import { codesOf, type ObservationRow, readRow, refusedRow, usableRow } from './observation-rows.js';
import { findImport, insertImport, listReportAddresses, observationDigest } from './queries.js';
import type { ObservationImportId, ObservationImportTable } from './schema.js';
import { importColumns, written } from './tell.js';

/** What came of one source. `codes`: why rows were refused, and how often. */
export interface ObservationImport {
  readonly importId: ObservationImportId;
  readonly usable: number;
  readonly refused: number;
  readonly codes: Readonly<Record<string, number>>;
}
export type ObservationFault = CaseFault | 'rows-unreadable' | 'unknown-report' | 'imported-already';

export interface ObservedRecords {
  readonly caseRef: string;
  /** Of the file. */
  readonly name: string;
  /** CSV as `readObservationsCsv` has it; peer-to-peer records state their grade in `contact`. */
  readonly text: string;
  readonly settings: IntakeSettings;
}

/** Imports peer-to-peer records, a server's log and the like from a table. Refused rows are kept as place and code. */
export const importObserved = async (
  tx: Tx,
  { caseRef, name, text, settings }: ObservedRecords,
  by: By,
): Promise<Outcome<ObservationImport, ObservationFault>> => {
  const read = readObservationsCsv(text, settings);
  if (read.kind !== 'done') return refused('rows-unreadable', read.reason.message);
  const { observations, refusals } = read.value;
  const importId = newId<ObservationImportId>();
  const of = (line: number) => ({ import_id: importId, case_ref: caseRef, place: line });
  const rows = [
    ...observations.map(({ line, observation }) => usableRow(of(line), observation)),
    ...refusals.map(({ line, code }) => refusedRow(of(line), code)),
  ];
  const document_sha256 = createHash('sha256').update(text).digest('hex');
  const source = { import_id: importId, kind: 'records', name, document_sha256, settings: plain(settings) } as const;
  return keep(tx, caseRef, source, rows, by);
};

/** What a report does not say of the addresses in it, and somebody has to state. */
export interface ReportStatement {
  /** NCMEC's form has a port and no protocol. */
  readonly proto: 'tcp' | 'udp' | 'unknown';
  /** Of the reporting service's clock: decimal seconds, or `unknown`. */
  readonly clockErrorSeconds: string;
}

/** Takes over the addresses of a report that belongs to the case: electronically, under the digest of its document. */
export const importObservedInReport = async (
  tx: Tx,
  asked: ReportStatement & { readonly caseRef: string; readonly reportId: ReportId; readonly settings: IntakeSettings },
  by: By,
): Promise<Outcome<ObservationImport, ObservationFault>> => {
  const { caseRef, reportId, settings, proto, clockErrorSeconds } = asked;
  const report = await listReportAddresses(tx, caseRef, reportId);
  if (report === undefined) return refused('unknown-report', `case ${caseRef} has no report ${reportId}`);
  const importId = newId<ObservationImportId>();
  const rows = report.addresses.map(({ ordinal, value, port, stated_at: stated }) => {
    const known = port === null || port === 0 || proto === 'unknown' ? {} : { port: String(port), proto };
    const fields: ObservationFields = {
      ...empty,
      ...known,
      ip: value ?? '',
      from: stated ?? '',
      clockErrorSeconds,
      sourceDocument: report.documentSha256,
    };
    return readRow({ import_id: importId, case_ref: caseRef, place: ordinal }, fields, settings);
  });
  const statement = { ...plain(settings), proto, clockErrorSeconds };
  const source = { import_id: importId, kind: 'report', name: `report ${report.number}`, settings: statement } as const;
  return keep(tx, caseRef, { ...source, document_sha256: report.documentSha256 }, rows, by);
};

const empty: ObservationFields = {
  ip: '',
  port: '',
  proto: '',
  destIp: '',
  destPort: '',
  from: '',
  to: '',
  clockErrorSeconds: '',
  clockOffsetSeconds: '',
  clockSyncedTo: '',
  role: 'connection-source',
  contact: '',
  sourceDocument: '',
  entry: 'electronic',
};

const plain = ({ documentation, hours, abbreviations }: IntakeSettings): JsonObject => ({
  documentation,
  hours,
  abbreviations: { ...abbreviations },
});

type Source = Pick<ObservationImportTable, 'import_id' | 'kind' | 'name' | 'document_sha256'> & {
  readonly settings: JsonObject;
};

const keep = async (
  tx: Tx,
  caseRef: string,
  source: Source,
  rows: readonly ObservationRow[],
  { by, at }: By,
): Promise<Outcome<ObservationImport, ObservationFault>> => {
  const open = await lockOpenCase(tx, caseRef);
  if (open.kind !== 'done') return open;
  const { import_id, kind, document_sha256 } = source;
  if ((await findImport(tx, caseRef, kind, document_sha256)) === 'here')
    return refused('imported-already', `case ${caseRef} has the observations of ${source.name} already`);
  const refusedRows = rows.filter(({ state }) => state === 'refused').length;
  const counts = { usable: rows.length - refusedRows, refused: refusedRows };
  await insertImport(
    tx,
    {
      ...source,
      ...counts,
      case_ref: caseRef,
      settings: JSON.stringify(source.settings),
      imported_at: at,
      imported_by: by,
    },
    rows,
  );
  const rows_sha256 = await observationDigest(tx, import_id);
  await recordCaseAct(tx, {
    type: 'observations-imported',
    caseRef,
    by,
    at,
    payload: { import: import_id, kind, document: document_sha256, rows: rows_sha256, ...counts },
    effects: [written('observation_import', { import_id }, importColumns)],
  });
  return done({ importId: import_id, ...counts, codes: codesOf(rows) });
};
