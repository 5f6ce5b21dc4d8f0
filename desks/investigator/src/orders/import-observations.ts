import { createHash } from 'node:crypto';
import { type IntakeSettings, readObservationsCsv } from '@tutela/attribution';
import { done, type JsonObject, newId, type Outcome, refused } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { type By, type CaseFault, lockOpenCase, recordCaseAct } from '../case/cases.js';
import { codesOf, type ObservationRow, refusedRow, usableRow } from './observation-rows.js';
import { findImport, insertImport, observationDigest } from './queries.js';
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
  return keepObservations(tx, caseRef, source, rows, by);
};

export const plain = ({ documentation, hours, abbreviations }: IntakeSettings): JsonObject => ({
  documentation,
  hours,
  abbreviations: { ...abbreviations },
});

/** What rows come from. */
export type Source = Pick<ObservationImportTable, 'import_id' | 'kind' | 'name' | 'document_sha256'> & {
  readonly settings: JsonObject;
};

export const keepObservations = async (
  tx: Tx,
  caseRef: string,
  source: Source,
  rows: readonly ObservationRow[],
  { by, at }: By,
  more: JsonObject = {},
): Promise<Outcome<ObservationImport, ObservationFault>> => {
  const open = await lockOpenCase(tx, caseRef);
  if (open.kind !== 'done') return open;
  const { import_id, kind, document_sha256 } = source;
  if ((await findImport(tx, caseRef, kind, document_sha256)) !== undefined)
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
    payload: { import: import_id, kind, document: document_sha256, rows: rows_sha256, ...counts, ...more },
    effects: [written('observation_import', { import_id }, importColumns)],
  });
  return done({ importId: import_id, ...counts, codes: codesOf(rows) });
};
