import { createHash } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import type { FileDetails, FileId, Report, ReporterId, ReportNumber } from '@tutela/cybertip';
import { sql } from 'kysely';
import { issueCredentials } from '../credentials.js';
import { type Ground, settableClock } from '../open-desk.test-support.js';
import { openReportStore } from '../report-store.js';
import { readPolicy, standardPolicyFile } from './policy.js';

export const clock = settableClock('2026-03-01T12:00:00Z');

const read = readPolicy(standardPolicyFile);
if (read.kind !== 'done') throw new Error(read.reason.message);
export const standard = read.value;

export interface Filing {
  readonly report?: Partial<Report>;
  /** Bytes of each file; `annotations` of all. */
  readonly files?: readonly Uint8Array[];
  readonly annotations?: FileDetails['fileAnnotations'];
}

export const reportOf = (more: Partial<Report> = {}): Report => ({
  incidentSummary: {
    incidentType: 'Child Pornography (possession, manufacture, and distribution)',
    incidentDateTime: '2025-03-01T10:15:00Z',
  },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  ...more,
});

export const account = (espIdentifier: string, country = 'PY'): Partial<Report> => ({
  personOrUserReported: [{ espIdentifier, estimatedLocation: { countryCode: country as 'PY' } }],
});

export type File = (filing?: Filing) => Promise<ReportNumber>;

/** Files reports as the protocol does, without HTTP between: one transaction an act. */
export const filer = async (ground: Ground, username = 'platform'): Promise<File> => {
  const { db } = ground.database;
  const { reporterId } = await issueCredentials({ db, clock }, { username, organisation: `${username} Ltd` });
  const reporter = { id: reporterId as ReporterId, username };
  const store = openReportStore({ db, vault: ground.vault, location: { ranges: [] }, policy: standard });
  return async ({ report, files = [], annotations }: Filing = {}): Promise<ReportNumber> => {
    const at = clock.now();
    const document = new Uint8Array();
    const reportNumber = await store.open({ reporter, report: reportOf(report), document, at });
    const ids = files.map((_, n) => createHash('md5').update(`${reportNumber}/${n}`).digest('hex') as FileId);
    for (const [n, bytes] of files.entries()) {
      const received = await store.receive([bytes] as never);
      const fileId = ids[n] as FileId;
      await store.change(reporter, reportNumber, async (held) => {
        await held.apply({ kind: 'add-file', fileId, name: `${n}.png`, received, at });
        const details = {
          reportId: reportNumber,
          fileId,
          fileViewedByEsp: true,
          ...(annotations && { fileAnnotations: annotations }),
        };
        await held.apply({ kind: 'describe-file', details, document, at });
      });
    }
    await store.change(reporter, reportNumber, (held) => held.apply({ kind: 'finish', files: ids, at }));
    return reportNumber;
  };
};

export const rowsOf = async <Row>(ground: Ground, query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> =>
  (await query.execute(ground.database.db)).rows;

export const standingOf = async (ground: Ground, reportNumber: ReportNumber) => {
  const [row] = await rowsOf(
    ground,
    sql<{
      readonly item: string;
      readonly version: number;
      readonly label: string;
      readonly label_origin: string;
      readonly lane: string;
      readonly policy_version: string;
      readonly triaged_at: UtcInstant;
    }>`select item, version, label, label_origin, lane, policy_version, triaged_at
         from clearinghouse.standing where report_number = ${reportNumber}::bigint`,
  );
  return row;
};

export const itemsOf = async (ground: Ground) =>
  await rowsOf(
    ground,
    sql<{
      readonly item: string;
      readonly lane: string;
      readonly reports: number;
      readonly label: string;
      readonly state: string;
      readonly countries: readonly string[];
    }>`
      select item, lane, reports, label, state, countries from clearinghouse.queue_item
       order by lane <> 'crisis', -priority, since, item`,
  );
