import { createHash, randomBytes } from 'node:crypto';
import { type Clock, done, type Outcome, refused } from '@tutela/core';
import { type Reporter, type ReporterId, type ReportNumber, writeReport } from '@tutela/cybertip';
import { type Db, inTransaction, type Tx } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { issueCredentials } from '../credentials.js';
import { findReporter } from '../queries/filing.js';
import { fileAtOnce, type StoreDeps } from '../report-store.js';
import { findReference, insertReceipt, insertReference } from './queries.js';
import { checkUrlReport, reportOfUrl, type UrlReport, type UrlReportFault } from './url-report.js';

export interface IntakeDeps extends Pick<StoreDeps, 'location' | 'policy' | 'finished'> {
  readonly db: Db;
  readonly clock: Clock;
}

/** Whoever files on the public form: nobody can sign in as them, since their password is known to nobody. */
const citizens = { username: 'public-form', organisation: 'Public report form' } as const;

/** @returns the code with which the citizen asks later; only its digest is kept */
export const receiveFromCitizen = async (
  deps: IntakeDeps,
  given: UrlReport,
): Promise<Outcome<{ readonly code: string }, UrlReportFault>> => {
  const at = deps.clock.now();
  const checked = checkUrlReport(given, at);
  if (checked.kind !== 'done') return checked;
  const reporter = await citizensReporter(deps);
  const code = newCode();
  await inTransaction(deps.db, async (tx) => {
    const reportNumber = await file(tx, deps, reporter, checked.value);
    const row = { report_number: reportNumber, code_sha256: digestOfCode(code), received_at: at };
    await insertReceipt(tx, row);
    await appendEvent(tx, {
      type: 'clearinghouse.public-report-received',
      actor: `reporter/${reporter.id}`,
      at,
      subjects: [`clearinghouse/report/${reportNumber}`],
      payload: {},
      effects: [
        {
          kind: 'written',
          table: 'clearinghouse.public_receipt',
          key: { report_number: reportNumber },
          columns: ['code_sha256', 'received_at'],
        },
      ],
    });
  });
  deps.finished?.();
  return done({ code });
};

const citizensReporter = async (deps: IntakeDeps): Promise<Reporter> => {
  const known = (await findReporter(deps.db, citizens.username))?.reporter_id;
  const id: ReporterId = known ?? (await issueCredentials(deps, citizens)).reporterId;
  return { id, username: citizens.username };
};

/** A hotline's report under a reference of its own: sent again, it is the same report. */
export const receiveFromPartner = async (
  deps: IntakeDeps,
  {
    partner,
    reference,
    report,
  }: { readonly partner: Reporter; readonly reference: string; readonly report: UrlReport },
): Promise<Outcome<{ readonly reportNumber: ReportNumber }, UrlReportFault | 'reference-taken'>> => {
  const at = deps.clock.now();
  const checked = checkUrlReport(report, at);
  if (checked.kind !== 'done') return checked;
  const content_sha256 = createHash('sha256').update(JSON.stringify(checked.value)).digest();
  const received = await inTransaction(deps.db, async (tx) => {
    const known = await findReference(tx, partner.id, reference);
    if (known !== undefined) {
      return known.content_sha256.equals(content_sha256)
        ? done({ reportNumber: known.report_number })
        : refused('reference-taken' as const, 'another report was received under this reference');
    }
    const reportNumber = await file(tx, deps, partner, checked.value);
    await insertReference(tx, { reporter_id: partner.id, reference, report_number: reportNumber, content_sha256 });
    return done({ reportNumber });
  });
  if (received.kind === 'done') deps.finished?.();
  return received;
};

const file = async (tx: Tx, deps: IntakeDeps, reporter: Reporter, checked: UrlReport): Promise<ReportNumber> => {
  const at = deps.clock.now();
  const report = reportOfUrl(checked, at);
  return await fileAtOnce(tx, { reporter, report, document: Buffer.from(writeReport(report), 'utf8'), at }, deps);
};

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Sixteen of 32 characters, 80 bits: `K7QF-…`. */
const newCode = (): string =>
  [...randomBytes(16)]
    .map((byte) => alphabet[byte & 31])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

/** However somebody types it. */
export const digestOfCode = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .digest();
