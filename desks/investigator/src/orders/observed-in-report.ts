import type { IntakeSettings, ObservationFields } from '@tutela/attribution';
import { newId, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import type { By } from '../case/cases.js';
import type { ReportId } from '../schema.js';
import { keepObservations, type ObservationFault, type ObservationImport, plain } from './import-observations.js';
import { type ObservationRow, readRow } from './observation-rows.js';
import { findImport, listReportAddresses } from './queries.js';
import type { ObservationImportId } from './schema.js';

/** What a report does not say of the addresses in it, and somebody has to state. */
export interface ReportStatement {
  /** NCMEC's form has a port and no protocol. */
  readonly proto: 'tcp' | 'udp' | 'unknown';
  /** Of the reporting service's clock: decimal seconds, or `unknown`. */
  readonly clockErrorSeconds: string;
  readonly settings: IntakeSettings;
}

export interface ObservedInReport extends ReportStatement {
  readonly caseRef: string;
  readonly reportId: ReportId;
}

type StatedAddress = NonNullable<Awaited<ReturnType<typeof listReportAddresses>>>['addresses'][number];

/** One place of a report that states a connection, and what it would be. */
export interface ReadAddress {
  readonly stated: StatedAddress;
  /** Of a connection that the report states before: a service writes it at the person and at each file. */
  readonly repeats: number | null;
  readonly row: ObservationRow;
}

/** How a report was taken over: by whom, and what was stated of it then. */
export interface TakenReport {
  readonly at: UtcInstant;
  readonly by: string;
  readonly usable: number;
  readonly refused: number;
  readonly statement: ReportStatement;
}

export interface ReadReport {
  readonly importId: ObservationImportId;
  readonly taken: TakenReport | undefined;
  readonly number: string;
  readonly documentSha256: string;
  /** In the order of the document. */
  readonly addresses: readonly ReadAddress[];
}

/**
 * What taking over a report's addresses makes of them, or made of them where it was done; nothing is written. The same connection stated twice is one
 * observation (test: "a connection that a report states more than once is one observation, and no failure").
 */
export const readObservedInReport = async (
  db: Db | Tx,
  { caseRef, reportId, ...statement }: ObservedInReport,
): Promise<ReadReport | undefined> => {
  const report = await listReportAddresses(db, caseRef, reportId);
  if (report === undefined) return undefined;
  const { documentSha256, number } = report;
  const taken = await readTaken(db, caseRef, documentSha256);
  const { settings } = taken?.statement ?? statement;
  const importId = newId<ObservationImportId>();
  const first = new Map<string, number>();
  const addresses = report.addresses.map((stated) => {
    const fields = fieldsOf(stated, taken?.statement ?? statement, documentSha256);
    const row = readRow({ import_id: importId, case_ref: caseRef, place: stated.ordinal }, fields, settings);
    const same = first.get(connectionOf(row, fields));
    if (same === undefined) first.set(connectionOf(row, fields), stated.ordinal);
    return { stated, row, repeats: same ?? null };
  });
  return { importId, taken, number, documentSha256, addresses };
};

const readTaken = async (db: Db | Tx, caseRef: string, sha256: string): Promise<TakenReport | undefined> => {
  const found = await findImport(db, caseRef, 'report', sha256);
  if (found === undefined) return undefined;
  const { imported_at: at, imported_by: by, usable, refused: refusedRows } = found;
  const { proto, clockErrorSeconds, ...settings } = found.settings as unknown as KeptStatement;
  return { at, by, usable, refused: refusedRows, statement: { proto, clockErrorSeconds, settings } };
};

/** As `importObservedInReport` keeps it. */
type KeptStatement = Omit<ReportStatement, 'settings'> & IntakeSettings;

/** What a provider would be asked; where nothing may be asked, the words that say why. */
const connectionOf = ({ asked, code }: ObservationRow, { ip, port, from }: ObservationFields): string =>
  asked === null ? JSON.stringify([code, ip, port, from]) : String(asked);

const fieldsOf = (
  { value, port, stated_at: stated }: StatedAddress,
  { proto, clockErrorSeconds }: ReportStatement,
  sourceDocument: string,
): ObservationFields => ({
  ...notStated,
  // A port without its protocol may not be asked about; the address alone may.
  ...(port === null || port === 0 || proto === 'unknown' ? {} : { port: String(port), proto }),
  ip: value ?? '',
  from: stated ?? '',
  clockErrorSeconds,
  sourceDocument,
});

const notStated = {
  port: '',
  proto: '',
  destIp: '',
  destPort: '',
  to: '',
  clockOffsetSeconds: '',
  clockSyncedTo: '',
  role: 'connection-source',
  contact: '',
  entry: 'electronic',
} as const;

/** `repeated`: places that state a connection again. */
export interface ReportImport extends ObservationImport {
  readonly repeated: number;
}

/** Takes over the addresses of a report that belongs to the case: electronically, under the digest of its document. */
export const importObservedInReport = async (
  tx: Tx,
  asked: ObservedInReport,
  by: By,
): Promise<Outcome<ReportImport, ObservationFault>> => {
  const { caseRef, reportId, settings, proto, clockErrorSeconds } = asked;
  const report = await readObservedInReport(tx, asked);
  if (report === undefined) return refused('unknown-report', `case ${caseRef} has no report ${reportId}`);
  const { importId: import_id, documentSha256: document_sha256, number, addresses } = report;
  const rows = addresses.flatMap(({ repeats, row }) => (repeats === null ? row : []));
  const repeated = addresses.length - rows.length;
  const statement = { ...plain(settings), proto, clockErrorSeconds };
  const source = { import_id, kind: 'report', name: `report ${number}`, document_sha256, settings: statement } as const;
  const kept = await keepObservations(tx, caseRef, source, rows, by, { repeated });
  return kept.kind === 'done' ? { ...kept, value: { ...kept.value, repeated } } : kept;
};
