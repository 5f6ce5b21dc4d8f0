import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nearBits } from '@tutela/fingerprint';
import type { LedgerReport } from '@tutela/ledger/postgres';
import type { Platform, ScanRecord } from '@tutela/platform-desk';
import { z } from 'zod';
import { checkInstallation } from '../commands/ledger-check.js';
import type { Node } from '../node/node.js';
import { runScan } from '../scan/run-scan.js';
import { TutelaError } from '../tutela-error.js';
import { askFor } from './ask.js';
import { type DemoPackage, packDemoCase } from './pack-case.js';
import { type DemoReferrals, referDemoReports } from './refer-reports.js';
import { type DemoFile, type DemoUpload, type DemoWorld, makeDemoWorld } from './world.js';

/** What the demonstration did, file by file and account by account. */
export interface DemoResult {
  readonly files: readonly (DemoFile & { readonly outcome: string })[];
  readonly accounts: readonly DemoAccount[];
  /** Absent where real people are enrolled: nobody acts in their place. */
  readonly package?: DemoPackage;
  /** What the investigator desk fetched from the clearinghouse's feed; absent where no report could be referred. */
  readonly pulled?: string;
  readonly ledger: LedgerReport;
}

export interface DemoAccount {
  readonly account: string;
  /** Of the finished report; absent where nothing was found. */
  readonly reportNumber?: string;
  readonly reports: number;
  /** Where the clearinghouse refers it. */
  readonly referredTo?: string;
}

const demoList = 'demonstration';
const actor = 'demonstration';
const filingSeconds = 120;

/**
 * The whole way once, on harmless pictures: a list, a folder for each account, two uploads with their addresses, review,
 * reports, referrals, a case and its evidence package, the ledger's check. Run again it finds what it did and says the same.
 * Its people's keys can be used by anybody: only in a data folder that is the demonstration's (`claimForDemonstration`).
 */
export const runDemo = async (node: Node, tell: (line: string) => void): Promise<DemoResult> => {
  const { platform } = node.workplace.desks;
  tell('demonstration: making pictures, a list of known ones, and uploads of six accounts');
  const { dataFolder } = node.workplace.config;
  const world = await makeDemoWorld(path.join(dataFolder, 'demonstration'));
  if (!(await platform.lists()).some(({ name }) => name === demoList)) {
    await platform.importList({ path: world.list, name: demoList, actor });
  }
  tell('demonstration: comparing');
  const files = [...(await scanFolders(platform, world)), ...(await upload(node, world.uploads))];
  await review(platform, files);
  tell('demonstration: filing reports');
  const filed = await outcomeOf(node, files);
  const referrals = await referDemoReports(node, numbersOf(filed), tell);
  const accounts = filed.map((one) => withAuthority(one, referrals));
  const packed = await packReport(node, accounts, tell);
  tell('demonstration: checking the ledger');
  const pulled = referrals.line === undefined ? {} : { pulled: referrals.line };
  return { files, accounts, ...pulled, ...(packed && { package: packed }), ledger: await checkedLedger(node) };
};

const numbersOf = (accounts: readonly DemoAccount[]): readonly string[] =>
  accounts.flatMap(({ reportNumber }) => reportNumber ?? []);

const withAuthority = (account: DemoAccount, referrals: DemoReferrals): DemoAccount => {
  const authorities = referrals.authorities.get(account.reportNumber ?? '');
  return authorities === undefined || authorities.length === 0
    ? account
    : { ...account, referredTo: authorities.join(', ') };
};

/** Of the first account whose connection is known. */
const packReport = async (
  node: Node,
  accounts: DemoResult['accounts'],
  tell: (line: string) => void,
): Promise<DemoPackage | undefined> => {
  tell(
    'demonstration: a case, an exhibit, an order to a provider and its answer, two approvals each, an evidence package',
  );
  const folder = path.join(node.workplace.config.dataFolder, 'demonstration-case');
  const number = accounts.find(
    ({ account, reportNumber }) => account.startsWith('account-2') && reportNumber,
  )?.reportNumber;
  if (number === undefined) return undefined;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return packDemoCase(node, folder, number);
};

/** With everything in the log that was done. */
const checkedLedger = async ({ workplace }: Node): Promise<LedgerReport> => {
  for (let attempt = 0; ; attempt++) {
    const report = await checkInstallation(workplace);
    if (report.counts.pending === 0 || attempt === 20) return report;
    await sleep(250);
  }
};

const scanFolders = async (platform: Platform, world: DemoWorld): Promise<DemoResult['files']> => {
  const records = new Map<string, ScanRecord>();
  let next = 0;
  const keep = async (lines: Uint8Array): Promise<void> => {
    next++;
    for (const line of Buffer.from(lines).toString('utf8').trimEnd().split('\n')) {
      const record = JSON.parse(line) as ScanRecord;
      records.set(record.path, record);
    }
  };
  const quiet = { onStart: () => undefined, onProgress: () => undefined, interruption: new AbortController().signal };
  // Not noted as written out, so that a later demonstration resumes this scan instead of finding everything twice.
  const openOutput = async () => ({ next: () => next, write: keep });
  const request = { root: Buffer.from(world.folder), list: demoList, threshold: nearBits, actor } as const;
  await runScan({ platform, openOutput, ...quiet }, { ...request, accounts: 'by-folder', ifUnfinished: 'resume' });
  return world.inFolders.map((file) => {
    const outcome = records.get(`${file.account}/${file.name}`)?.outcome ?? 'missing';
    return { ...file, outcome };
  });
};

const received = z.object({ outcome: z.string() });

const upload = (node: Node, uploads: readonly DemoUpload[]): Promise<DemoResult['files']> =>
  Promise.all(
    uploads.map(async ({ bytes, ...file }) => {
      const form = new FormData();
      const { id, account, ip, port, uploadedAt } = file;
      for (const [name, value] of Object.entries({ id, account, ip, port: `${port}`, uploadedAt, list: demoList })) {
        form.append(name, value);
      }
      form.append('file', new Blob([new Uint8Array(bytes)]), file.name);
      const answer = await ask(node, '/platform/uploads', { method: 'POST', body: form });
      return { ...file, outcome: received.parse(answer).outcome };
    }),
  );

/** The demonstration stands in for the analyst: it knows how each file was made. */
const review = async (platform: Platform, files: DemoResult['files']): Promise<void> => {
  const ours = new Set(files.map(({ account }) => account));
  for (const match of await platform.listMatches({ state: 'waiting', limit: 500 })) {
    if (match.account === null || !ours.has(match.account)) continue;
    const made = files.find(({ account, name }) => account === match.account && match.name.endsWith(name));
    const decision = made?.expected === 'exact' || made?.expected === 'near' ? 'confirmed' : 'dismissed';
    const reason = `The demonstration made this file; it is expected to be: ${made?.expected ?? 'unknown'}.`;
    await platform.decide({ match: match.id, decision, actor, reason });
  }
};

const located = z.object({
  locations: z.array(z.object({ reportNumber: z.string(), outcome: z.string(), countries: z.array(z.string()) })),
});

const outcomeOf = async (node: Node, files: DemoResult['files']): Promise<readonly DemoAccount[]> => {
  const matched = new Set(files.flatMap(({ account, outcome }) => (/exact|near/.test(outcome) ? [account] : [])));
  const finished = await finishedReports(node.workplace.desks.platform, matched);
  const found = located.parse(await ask(node, '/clearinghouse/locations?limit=500', {})).locations;
  return [...new Set(files.map(({ account }) => account))].sort().map((account) => {
    const numbers = finished.get(account) ?? [];
    const [reportNumber] = numbers;
    const location = found.find((one) => one.reportNumber === reportNumber);
    const where = location === undefined ? undefined : location.countries.join(', ') || location.outcome;
    return {
      account,
      reports: numbers.length,
      ...(reportNumber === undefined ? {} : { reportNumber }),
      ...(where === undefined ? {} : { referredTo: where }),
    };
  });
};

/** Waits until each account's report is finished. */
const finishedReports = async (
  platform: Platform,
  accounts: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  for (let second = 0; second < filingSeconds; second += 0.2) {
    const filings = (await platform.listFilings(500)).filter(({ account }) => accounts.has(account));
    const done = new Map<string, string[]>();
    for (const { account, state, report_number } of filings) {
      if (state === 'finished' && report_number !== null)
        done.set(account, [...(done.get(account) ?? []), report_number]);
    }
    const underWay = filings.some(({ state }) => state === 'ready' || state === 'open');
    if (!underWay && [...accounts].every((account) => done.has(account))) return done;
    await sleep(200);
  }
  throw new TutelaError('remoteRefused', 'Not every report was finished in time.', 'tutela report list says why.');
};

const ask = async (node: Node, where: string, request: RequestInit): Promise<unknown> =>
  (await askFor(node, where, request)).json();
