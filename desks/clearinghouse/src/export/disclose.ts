import { type Clock, done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import type { Report, ReportNumber } from '@tutela/cybertip';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { type DisclosureForm, disclosedEvent } from '../events.js';
import { readSubmission } from '../queries/filing.js';
import { type FileRow, findLocation, findReport, type LocationRow, listFiles } from '../queries/listing.js';

/** A finished report as it is handed out of the installation. */
export interface Disclosure {
  readonly reportNumber: ReportNumber;
  readonly organisation: string;
  readonly openedAt: UtcInstant;
  readonly finishedAt: UtcInstant;
  readonly report: Report;
  /** In the order of upload. */
  readonly files: readonly FileRow[];
  readonly location: LocationRow | undefined;
}

interface Asked {
  readonly reportNumber: ReportNumber;
  readonly form: DisclosureForm;
  readonly actor: string;
}

/**
 * Reads a finished report for somebody outside; who was given what is on record before a byte of it leaves
 * (test: "nothing of a report is handed out unless the ledger was told").
 */
export const disclose = (
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  asked: Asked,
): Promise<Outcome<Disclosure, 'report-unknown'>> =>
  inTransaction(db, (tx) => discloseWithin(tx, { ...asked, at: clock.now() }));

/** The same as a part of another act. */
export const discloseWithin = async (
  tx: Tx,
  { reportNumber, form, actor, at }: Asked & { readonly at: UtcInstant },
): Promise<Outcome<Disclosure, 'report-unknown'>> => {
  const summary = await findReport(tx, reportNumber);
  const report = await readSubmission(tx, reportNumber);
  if (summary?.state !== 'finished' || summary.ended_at === null || report === undefined) {
    return refused('report-unknown', `no finished report ${reportNumber}`);
  }
  const files = await listFiles(tx, reportNumber);
  const location = await findLocation(tx, reportNumber);
  await appendEvent(tx, disclosedEvent(reportNumber, { form, actor, files, at }));
  const { organisation, opened_at: openedAt, ended_at: finishedAt } = summary;
  return done({ reportNumber, organisation, openedAt, finishedAt, report, files, location });
};
