import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inTransaction } from '@tutela/db';
import {
  confirmObservation,
  findReportByNumber,
  importObserved,
  importObservedInReport,
  type ObservationId,
} from '@tutela/investigator-desk';
import { endAs, printJson, type TutelaContext } from '../../context.js';
import { accepted } from '../../output/accepted.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import { actingNow } from './acting-now.js';

export type JsonFlags = DataFlags & { readonly json: boolean };
export type ObservationsFlags = JsonFlags & {
  readonly hours: '12' | '24';
  readonly documentation: 'allow' | 'refuse';
};
export type ReportFlags = ObservationsFlags & {
  readonly protocol: 'tcp' | 'udp' | 'unknown';
  readonly clockError: string;
};
export type ConfirmFlags = JsonFlags & { readonly document: string };

const settingsOf = ({ hours, documentation }: ObservationsFlags) => ({
  documentation,
  hours: hours === '12' ? (12 as const) : (24 as const),
  abbreviations: {},
});
interface Imported {
  readonly usable: number;
  readonly refused: number;
  readonly codes: Readonly<Record<string, number>>;
  /** Of a report: places that state a connection again, which is one observation. */
  readonly repeated?: number;
}

/** Ends as `undecided` where rows were refused: each has its code. */
const tell = (context: TutelaContext, flags: JsonFlags, imported: Imported): void => {
  const codes = Object.entries(imported.codes).map(([code, count]) => `${code} ${count}`);
  const again = imported.repeated ? `, ${imported.repeated} stated again` : '';
  if (flags.json) printJson(context, { v: 1, ...imported });
  else
    context.process.stdout.write(
      `${imported.usable} usable${again}, ${imported.refused} refused${codes.length > 0 ? `: ${codes.join(', ')}` : ''}\n`,
    );
  if (imported.refused > 0) endAs(context, 'undecided');
};

/** From a table: peer-to-peer records with their grade of contact, a server's log. */
export async function fromTable(
  this: TutelaContext,
  flags: ObservationsFlags,
  caseRef: string,
  file: string,
): Promise<void> {
  const from = path.resolve(this.folder, file);
  const text = await readFile(from, 'utf8').catch((cause: unknown) => {
    throw new TutelaError('unreadable', `${from} cannot be read.`, 'Give a CSV file with a header.', { cause });
  });
  const records = { caseRef, name: path.basename(from), text, settings: settingsOf(flags) };
  const imported = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => importObserved(tx, records, actingNow(this)))),
  );
  tell(this, flags, imported);
}

/** Those of a report that belongs to the case. */
export async function fromReport(
  this: TutelaContext,
  flags: ReportFlags,
  caseRef: string,
  number: string,
): Promise<void> {
  const { protocol: proto, clockError: clockErrorSeconds } = flags;
  const imported = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) => {
    const reportId = await findReportByNumber(db, number);
    if (reportId === undefined)
      throw new TutelaError('usage', `There is no report ${number}.`, 'tutela report list names them.');
    const report = { caseRef, reportId, settings: settingsOf(flags), proto, clockErrorSeconds };
    return accepted(await inTransaction(db, (tx) => importObservedInReport(tx, report, actingNow(this))));
  });
  tell(this, flags, imported);
}

export async function confirm(this: TutelaContext, flags: ConfirmFlags, caseRef: string, id: string): Promise<void> {
  const asked = { caseRef, observationId: id as ObservationId, documentSha256: flags.document };
  const status = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => confirmObservation(tx, asked, actingNow(this)))),
  );
  if (flags.json) printJson(this, { v: 1, status });
}
