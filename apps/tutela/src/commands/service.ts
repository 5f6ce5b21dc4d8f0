import { randomUUID } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock, type UtcInstant } from '@tutela/core';
import {
  importRecords,
  type LetterLanguage,
  matchesByAccount,
  matchKnownFiles,
  noticeCounts,
  openItemReader,
  type PreservationRequest,
  type ProviderBook,
  preservationLetter,
  preservationRequests,
  type RecordFormat,
  readKnownList,
  readProviderBook,
  recordFiles,
  revenueByMonth,
  type ServiceDeps,
  timeline,
  usersByCountry,
  vicsCase,
} from '@tutela/investigator-desk';
import { type RangeData, readRangeData } from '@tutela/ranges';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import type { Workplace } from '../node/workplace.js';
import { accepted } from '../output/accepted.js';
import { startProgress } from '../output/progress.js';
import { printRows } from '../output/rows.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

type JsonFlags = DataFlags & { readonly json: boolean };
export type ServiceImportFlags = JsonFlags & {
  readonly format: RecordFormat['kind'];
  readonly desk?: string;
  readonly account?: string;
};
export type ServiceUsersFlags = JsonFlags & {
  readonly ranges: string;
  readonly against?: string;
  readonly providers?: string;
};
export type ServiceTimelineFlags = JsonFlags & { readonly account?: string; readonly limit: number };
export type ServicePreserveFlags = JsonFlags & {
  readonly ranges: string;
  readonly providers?: string;
  readonly language: LetterLanguage;
  readonly output: string;
};
export type ServiceVicsFlags = DataFlags & {
  readonly organization: string;
  readonly contact: string;
  readonly output: string;
};

const shown = ({ json }: JsonFlags) => ({ json, jsonl: false });
const depsOf = ({ database: { db }, vault }: Workplace): ServiceDeps => ({
  db,
  clock: systemClock,
  reader: openItemReader(vault),
});

/** Imports every file of the service's records whose path begins so. What was imported is not imported again. */
export async function serviceImport(
  this: TutelaContext,
  flags: ServiceImportFlags,
  caseRef: string,
  prefix: string,
): Promise<void> {
  const format = formatOf(flags);
  const rows = await withWorkplace(this, flags, 'writes', async (place) => {
    const deps = depsOf(place);
    const files = await recordFiles(deps.db, caseRef, prefix);
    if (files.length === 0)
      throw new TutelaError('usage', `${caseRef} holds no file ${prefix}.`, 'tutela seize run reads it first.');
    const results = [];
    for (const { itemId, path: file } of files) {
      const done = await importRecords(deps, { itemId, format, by: actorOf(this.env) });
      if (done.kind === 'refused' && done.reason.code === 'imported-already') continue;
      const { imported, bad, refused } = accepted(done);
      results.push({ file, imported, bad, refused });
    }
    return results;
  });
  printRows(this, shown(flags), { name: 'imported', empty: 'All of it was imported before.' }, rows, [
    { heading: 'file', of: ({ file }) => file },
    { heading: 'rows', of: ({ imported }) => imported },
    { heading: 'not readable', of: ({ bad }) => bad },
    { heading: 'refused by authority', of: ({ refused }) => refused },
  ]);
}

const formatOf = ({ format, desk, account }: ServiceImportFlags): RecordFormat => {
  if (format !== 'abuse-mbox') return { kind: format };
  if (desk !== undefined && account !== undefined) return { kind: format, desk, account: new RegExp(account, 'u') };
  const advice = 'Such as --desk abuse@service.example --account "/files/([^/\\s]+)/".';
  throw new TutelaError('usage', 'Mail needs --desk and --account.', advice);
};

export async function serviceUsers(this: TutelaContext, flags: ServiceUsersFlags, caseRef: string): Promise<void> {
  const [data, against, book] = await operatorData(this, flags);
  const users = await withWorkplace(this, flags, 'reads', ({ database: { db } }) =>
    usersByCountry(db, caseRef, against === undefined ? [data] : [data, against], book),
  );
  if (flags.json) return printJson(this, { v: 1, ...users });
  printRows(this, shown(flags), { name: 'countries', empty: 'Nobody is seen in the records.' }, users.countries, [
    { heading: 'country', of: ({ country }) => country },
    { heading: 'users', of: ({ accounts }) => accounts },
    { heading: 'accesses', of: ({ accesses }) => accesses },
    { heading: 'disputed', of: ({ disputed }) => disputed ?? '—' },
    { heading: 'providers', of: ({ providers }) => providers.length },
  ]);
  for (const { name, date, sha256 } of users.data) this.log(`by ${name} of ${date}, SHA-256 ${sha256}`);
}

const operatorData = async (
  { folder }: TutelaContext,
  { ranges, against, providers }: Pick<ServiceUsersFlags, 'ranges' | 'against' | 'providers'>,
): Promise<readonly [RangeData, RangeData | undefined, ProviderBook]> => {
  const read = async (file: string): Promise<RangeData> => accepted(await readRangeData(path.resolve(folder, file)));
  return [
    await read(ranges),
    against === undefined ? undefined : await read(against),
    providers === undefined ? new Map() : accepted(await readProviderBook(path.resolve(folder, providers))),
  ];
};

/** What the provider of the service knew and earned, each entry with its exhibit, file and line. */
export async function serviceTimeline(
  this: TutelaContext,
  flags: ServiceTimelineFlags,
  caseRef: string,
): Promise<void> {
  const { account, limit } = flags;
  const [entries, revenue, notices] = await withWorkplace(this, flags, 'reads', ({ database: { db } }) =>
    Promise.all([
      timeline(db, caseRef, { limit, ...(account !== undefined && { account }) }),
      revenueByMonth(db, caseRef),
      noticeCounts(db, caseRef),
    ]),
  );
  if (flags.json) return printJson(this, { v: 1, entries, revenue, notices });
  printRows(this, shown(flags), { name: 'entries', empty: 'Nothing is known of the provider.' }, entries, [
    { heading: 'at', of: ({ at }) => at.slice(0, 19) },
    { heading: 'what', of: ({ kind, what }) => `${kind}: ${what}` },
    { heading: 'account', of: (entry) => entry.account ?? '—' },
    { heading: 'amount', of: ({ amount, currency }) => (amount === null ? '' : `${amount} ${currency}`) },
    { heading: 'exhibit', of: ({ exhibit, path: file, line }) => `${exhibit}, ${file ?? 'a file'}, line ${line}` },
  ]);
}

export async function serviceMatch(
  this: TutelaContext,
  flags: JsonFlags,
  caseRef: string,
  list: string,
): Promise<void> {
  const known = await readKnownList(path.resolve(this.folder, list));
  const { run, byAccount } = await withWorkplace(this, flags, 'writes', async (place) => {
    const progress = startProgress({ stream: this.process.stderr }, 'comparing', 'files');
    const onCompared = (done: number) => progress.update({ done });
    const run = await matchKnownFiles(depsOf(place), { caseRef, known, by: actorOf(this.env), onCompared });
    progress.end();
    return { run, byAccount: await matchesByAccount(place.database.db, caseRef) };
  });
  if (flags.json) return printJson(this, { v: 1, ...run, byAccount });
  printRows(this, shown(flags), { name: 'accounts', empty: 'No file is on the list or near it.' }, byAccount, [
    { heading: 'account', of: ({ account }) => account ?? '—' },
    { heading: 'exact', of: ({ exact }) => exact },
    { heading: 'near (leads)', of: ({ near }) => near },
    { heading: 'of these in archives', of: ({ inArchives }) => inArchives },
  ]);
  this.process.stdout.write(
    `${run.matched} of ${run.compared} files are on the list, ${run.refused} are not covered\n` +
      `${run.near} of ${run.pictures} other pictures look like a listed one: leads, to be judged by a person\n` +
      `${run.unseen} pictures could not be compared by their looks: not looked at yet, not decoded, or too little in them\n`,
  );
}

/** Writes a letter for each provider and country, numbered from the oldest evidence on. */
export async function servicePreserve(
  this: TutelaContext,
  flags: ServicePreserveFlags,
  caseRef: string,
): Promise<void> {
  const [data, , book] = await operatorData(this, flags);
  const at: UtcInstant = systemClock.now();
  const requests = await withWorkplace(this, flags, 'reads', ({ database: { db } }) =>
    preservationRequests(db, caseRef, { data, book, at }),
  );
  const folder = path.resolve(this.folder, flags.output);
  await mkdir(folder, { recursive: true });
  for (const [number, request] of requests.entries())
    await writeFile(path.join(folder, letterName(number, request)), preservationLetter(request, flags.language));
  const rows = requests.map(({ targets, ...request }, number) => ({
    ...request,
    letter: letterName(number, request),
    targets: targets.length,
  }));
  printRows(this, shown(flags), { name: 'requests', empty: 'Nobody is to be asked.' }, rows, [
    { heading: 'letter', of: ({ letter }) => letter },
    { heading: 'oldest', of: ({ firstAt }) => firstAt.slice(0, 10) },
    { heading: 'moments', of: ({ targets }) => targets },
    { heading: 'without port', of: ({ withoutPort }) => withoutPort },
    { heading: 'keep until', of: ({ keepUntil }) => keepUntil.slice(0, 10) },
  ]);
}

const letterName = (number: number, { country, holder }: Pick<PreservationRequest, 'country' | 'holder'>): string =>
  `${String(number + 1).padStart(4, '0')}-${country}-${holder.replaceAll(/[^A-Za-z0-9-]/g, '_')}.txt`;

export async function serviceVics(this: TutelaContext, flags: ServiceVicsFlags, caseRef: string): Promise<void> {
  const file = path.resolve(this.folder, flags.output);
  const { organization, contact } = flags;
  await withWorkplace(this, flags, 'reads', async ({ database: { db } }) => {
    const handle = await open(file, 'wx', 0o600);
    const about = { caseId: randomUUID(), caseRef, organization, contact, version: '0.1.0' };
    for await (const piece of vicsCase(db, about)) await handle.write(piece);
    await handle.close();
  });
  this.process.stdout.write(`${file}\n`);
}
