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
import { askDemoAbroad, type DemoRequest } from './ask-abroad.js';
import { type LeftMatch, leftMatches } from './left-matches.js';
import { type DemoPackage, packDemoCase } from './pack-case.js';
import { demoPeople } from './people.js';
import { type DemoReferrals, referDemoReports } from './refer-reports.js';
import { type FoundFile, sendUploads } from './send-uploads.js';
import { type DemoList, shareDemoList } from './share-list.js';
import { type DemoWorld, makeDemoWorld } from './world.js';

/** What the demonstration did, file by file and account by account. */
export interface DemoResult {
  readonly files: readonly FoundFile[];
  readonly accounts: readonly DemoAccount[];
  /** Of accounts that the demonstration decides nothing about. */
  readonly left: readonly LeftMatch[];
  /** Absent where real people are enrolled. */
  readonly list?: DemoList;
  /** Absent where no report was filed to ask about. */
  readonly request?: DemoRequest;
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
 * The whole way once, on harmless pictures: a list, a folder for each account, uploads with their addresses, review,
 * reports, referrals, a case and its evidence package, the ledger's check. What waits for somebody is left so: uploads to
 * be reviewed, an entry of a shared list, a request abroad. Run again it finds what it did and says the same.
 * Its people's keys can be used by anybody: only in a data folder that is the demonstration's (`claimForDemonstration`).
 */
export const runDemo = async (node: Node, tell: (line: string) => void): Promise<DemoResult> => {
  const { platform } = node.workplace.desks;
  tell('demonstration: making pictures, a list of known ones, and uploads of eight accounts');
  const { dataFolder } = node.workplace.config;
  const world = await makeDemoWorld(path.join(dataFolder, 'demonstration'));
  if (!(await platform.lists()).some(({ name }) => name === demoList)) {
    await platform.importList({ path: world.list, name: demoList, actor });
  }
  tell('demonstration: comparing');
  const send = (uploads: DemoWorld['uploads']) => sendUploads(node, { list: demoList, uploads });
  const decided = [...(await scanFolders(platform, world)), ...(await send(world.uploads))];
  await review(platform, decided);
  tell('demonstration: filing reports');
  const left = await send(world.left);
  const filed = await outcomeOf(node, { decided, left });
  const referrals = await referDemoReports(node, numbersOf(filed), tell);
  const accounts = filed.map((one) => withAuthority(one, referrals));
  const folder = path.join(dataFolder, 'demonstration-case');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const people = await demoPeople(node.workplace, path.join(folder, 'people'));
  tell('demonstration: a shared list of two organisations, a request abroad');
  const list = people && (await shareDemoList(node, people, world.known));
  const reportNumber = connectedReport(accounts);
  const request = reportNumber === undefined ? undefined : await askDemoAbroad(node, reportNumber);
  tell(
    'demonstration: a case, an exhibit, an order to a provider and its answer, two approvals each, an evidence package',
  );
  const packed = reportNumber === undefined ? undefined : await packDemoCase(node, { folder, people, reportNumber });
  tell('demonstration: checking the ledger');
  return {
    files: [...decided, ...left],
    accounts,
    left: await leftMatches(platform, new Set(left.map(({ account }) => account))),
    ...(list && { list }),
    ...(request && { request }),
    ...(referrals.line === undefined ? {} : { pulled: referrals.line }),
    ...(packed && { package: packed }),
    ledger: await checkedLedger(node),
  };
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
const connectedReport = (accounts: readonly DemoAccount[]): string | undefined =>
  accounts.find(({ account, reportNumber }) => account.startsWith('account-2') && reportNumber)?.reportNumber;

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

interface Uploaded {
  readonly decided: readonly FoundFile[];
  readonly left: readonly FoundFile[];
}

const outcomeOf = async (node: Node, { decided, left }: Uploaded): Promise<readonly DemoAccount[]> => {
  const accounts = new Set([...decided, ...left].map(({ account }) => account));
  const matched = decided.flatMap(({ account, outcome }) => (/exact|near/.test(outcome) ? [account] : []));
  const finished = await finishedReports(node.workplace.desks.platform, accounts, new Set(matched));
  const answer = await askFor(node, '/clearinghouse/locations?limit=500');
  const found = located.parse(await answer.json()).locations;
  return [...accounts].sort().map((account) => {
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

/** Reports of the accounts, once no report is under way and each account that was confirmed has one. */
const finishedReports = async (
  platform: Platform,
  accounts: ReadonlySet<string>,
  confirmed: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  for (let second = 0; second < filingSeconds; second += 0.2) {
    const filings = (await platform.listFilings(500)).filter(({ account }) => accounts.has(account));
    const done = new Map<string, string[]>();
    for (const { account, state, report_number } of filings) {
      if (state === 'finished' && report_number !== null)
        done.set(account, [...(done.get(account) ?? []), report_number]);
    }
    const underWay = filings.some(({ state }) => state === 'ready' || state === 'open');
    if (!underWay && [...confirmed].every((account) => done.has(account))) return done;
    await sleep(200);
  }
  throw new TutelaError('remoteRefused', 'Not every report was finished in time.', 'tutela report list says why.');
};
