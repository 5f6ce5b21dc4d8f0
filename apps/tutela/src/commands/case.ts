import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import {
  addReportToCase,
  type CaseFile,
  type CaseSummary,
  closeCase,
  findReportByNumber,
  listCases,
  openCase,
  readCaseFile,
} from '@tutela/investigator-desk';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import { accepted } from '../output/accepted.js';
import { bodyOf } from '../output/body.js';
import { printable } from '../output/printable.js';
import { printRows } from '../output/rows.js';
import { formatTable } from '../output/table.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

type JsonFlags = DataFlags & { readonly json: boolean };
export type CaseOpenFlags = JsonFlags & { readonly title: string };
export type CaseListFlags = DataFlags & OutputFlags & { readonly limit: number };
export type CaseCloseFlags = JsonFlags & { readonly reason: string };

const by = ({ env }: TutelaContext) => ({ by: actorOf(env), at: systemClock.now() });

export async function caseOpen(this: TutelaContext, flags: CaseOpenFlags, caseRef: string): Promise<void> {
  const row = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => openCase(tx, { caseRef, title: flags.title, ...by(this) }))),
  );
  if (flags.json) printJson(this, { v: 1, case: bodyOf(row) });
  else this.process.stdout.write(`${row.case_ref}\n`);
}

export async function caseList(this: TutelaContext, flags: CaseListFlags): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => listCases(db, flags));
  const shown = rows.map((row) => ({ ...bodyOf(row), row }) as { readonly row: CaseSummary });
  const naming = { name: 'cases', empty: 'There are no cases yet: tutela case open.' };
  if (flags.json || flags.jsonl) return printRows(this, flags, naming, rows.map(bodyOf), []);
  printRows(this, flags, naming, shown, [
    { heading: 'case', of: ({ row }) => row.case_ref },
    { heading: 'title', of: ({ row }) => row.title },
    { heading: 'reports', of: ({ row }) => row.reports },
    { heading: 'exhibits', of: ({ row }) => row.exhibits },
    { heading: 'opened', of: ({ row }) => row.opened_at.slice(0, 16) },
    { heading: 'closed', of: ({ row }) => row.closed_at?.slice(0, 16) ?? '—' },
  ]);
}

export async function caseShow(this: TutelaContext, flags: JsonFlags, caseRef: string): Promise<void> {
  const file = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => readCaseFile(db, caseRef));
  if (file === undefined)
    throw new TutelaError('usage', `There is no case ${caseRef}.`, 'tutela case list names them.');
  if (!flags.json) return void this.process.stdout.write(formatCase(file));
  const exhibits = file.exhibits.map((one) => ({ ...bodyOf(one), custody: one.custody.map(bodyOf) }));
  printJson(this, { v: 1, case: bodyOf(file.case), reports: file.reports.map(bodyOf), exhibits });
}

const formatCase = ({
  case: { case_ref, title, opened_at, opened_by, closed_at },
  reports,
  exhibits,
}: CaseFile): string =>
  [
    `${case_ref}: ${printable(title)}, opened ${opened_at} by ${opened_by}, ${closed_at === null ? 'open' : `closed ${closed_at}`}\n`,
    formatTable(
      [
        { heading: 'report', of: (row) => row.report_number },
        { heading: 'provider', of: (row) => row.esp_name ?? '—' },
        { heading: 'linked', of: (row) => row.linked_at.slice(0, 16) },
      ],
      reports,
    ),
    formatTable(
      [
        { heading: 'exhibit', of: (row) => row.number },
        { heading: 'description', of: (row) => row.description },
        { heading: 'with', of: (row) => row.custody.at(-1)?.holder ?? '—' },
        { heading: 'last', of: (row) => row.custody.at(-1)?.action ?? '—' },
        { heading: 'SHA-256', of: (row) => row.sha256?.slice(0, 16) ?? '—' },
      ],
      exhibits,
    ),
  ].join('');

export async function caseClose(this: TutelaContext, flags: CaseCloseFlags, caseRef: string): Promise<void> {
  const row = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => closeCase(tx, caseRef, { ...by(this), reason: flags.reason }))),
  );
  if (flags.json) printJson(this, { v: 1, case: bodyOf(row) });
}

/** Links the report of that number that was imported last. */
export async function caseLink(this: TutelaContext, flags: JsonFlags, caseRef: string, number: string): Promise<void> {
  const linked = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) => {
    const reportId = await findReportByNumber(db, number);
    if (reportId === undefined)
      throw new TutelaError('usage', `There is no report ${number}.`, 'tutela report list names them.');
    return accepted(await inTransaction(db, (tx) => addReportToCase(tx, { caseRef, reportId, ...by(this) })));
  });
  if (flags.json) printJson(this, { v: 1, status: linked });
}
