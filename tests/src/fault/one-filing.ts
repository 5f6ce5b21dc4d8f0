import type { UtcInstant } from '@tutela/core';
import type { Platform } from '@tutela/platform-desk';
import { encode, makePicture } from '@tutela/testkit';
import { sql } from 'kysely';
import type { FilingGround } from './filing-ground.js';

/** The files of each account: both on the platform's list. */
export const knownFiles = (): Promise<readonly Uint8Array[]> =>
  Promise.all([1, 2].map((seed) => encode(makePicture(seed, { width: 64, height: 48 }))));

/** What a report of them takes: submit, two uploads, two descriptions, finish. */
export const requestsOfAFiling = ['submit', 'upload 1', 'upload 2', 'fileinfo 1', 'fileinfo 2', 'finish'] as const;

/** Where a worker or a server may be stopped around each request, in the order in which the worker gets there. */
const momentsOfARequest = [
  'before its intent is committed',
  'before it is sent',
  'before its answer is committed',
  'after its answer is committed',
] as const;

export const momentsOfAFiling: readonly string[] = requestsOfAFiling.flatMap((request) =>
  momentsOfARequest.map((moment) => `${request}, ${moment}`),
);

export interface OpenedFiling {
  readonly account: string;
  readonly filing: string;
}

let accounts = 0;

/** An account of its own with two confirmed files, and the filing that has to be done. */
export const openFiling = async (ground: FilingGround, platform: Platform): Promise<OpenedFiling> => {
  const account = `account-${accounts++}`;
  const matches: string[] = [];
  for (const [at, bytes] of (await knownFiles()).entries()) {
    const uploadedAt = '2026-03-01T10:14:57.000Z' as UtcInstant;
    const upload = { account, name: `${at + 1}.jpg`, bytes, uploadedAt, list: 'known', threshold: 31 };
    matches.push((await platform.receiveUpload({ ...upload, ip: '198.51.100.7', port: 51_344 })).match ?? '');
  }
  for (const match of matches) {
    await platform.decide({ match, decision: 'confirmed', actor: 'analyst-1', reason: 'as listed' });
  }
  const { rows } = await sql<{ id: string }>`
    select id from platform.filing where account = ${account}`.execute(ground.platformDb);
  if (rows.length !== 1 || rows[0] === undefined) throw new Error(`${account} has ${rows.length} filings`);
  return { account, filing: rows[0].id };
};

/** Runs it as the engine and the sweep would, until it rests. */
export const fileToTheEnd = async (ground: FilingGround, platform: Platform, filing: string): Promise<void> => {
  for (let run = 0; run < 10; run++) {
    await platform.runFiling(filing);
    const { rows } = await sql<{ state: string }>`
      select state from platform.filing where id = ${filing}`.execute(ground.platformDb);
    if (rows[0]?.state === 'finished') return;
  }
};

export interface ReceivedReport {
  readonly state: 'open' | 'finished' | 'retracted' | 'expired';
  /** Different ones; none once a report was retracted, since its content goes. */
  readonly files: number;
  readonly described: number;
}

/** Number of the newest report there. */
export const newestReport = async ({ clearinghouseDb }: FilingGround): Promise<string> => {
  const { rows } = await sql<{ newest: string }>`
    select coalesce(max(report_number), 0)::text newest from clearinghouse.report`.execute(clearinghouseDb);
  return rows[0]?.newest ?? '0';
};

/** The reports that were opened after the one of that number, in order. */
export const reportsSince = async (
  { clearinghouseDb }: FilingGround,
  number: string,
): Promise<readonly ReceivedReport[]> => {
  const { rows } = await sql<ReceivedReport>`
    select report.state, count(distinct file.sha256)::int files, count(distinct details.file_id)::int described
      from clearinghouse.report
      left join clearinghouse.file using (report_number)
      left join clearinghouse.file_details details using (file_id)
     where report_number > ${number}::bigint
     group by report_number, report.state order by report_number`.execute(clearinghouseDb);
  return rows;
};

/** `whole`: exactly one of the reports was finished, and it has both files and their descriptions. */
export const verdictOn = (reports: readonly ReceivedReport[]): 'whole' | 'twice' | 'none' | 'in part' => {
  const [finished, ...more] = reports.filter(({ state }) => state === 'finished');
  if (finished === undefined) return 'none';
  if (more.length > 0) return 'twice';
  return finished.files === 2 && finished.described === 2 ? 'whole' : 'in part';
};
