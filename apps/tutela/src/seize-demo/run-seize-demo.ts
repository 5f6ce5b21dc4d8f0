import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import {
  type ArchiveDeps,
  addSource,
  archiveStates,
  archivesByKind,
  type EngineChoice,
  filesOfContents,
  findCase,
  goOnWithPass,
  importCounts,
  importRecords,
  importWordList,
  itemsBelow,
  listSources,
  matchKnownFiles,
  nearContents,
  noticeCounts,
  openArchives,
  openCase,
  openItemReader,
  openRecoveryEngine,
  passOf,
  readKnownList,
  readProviderBook,
  readSeizureStatus,
  recordExhibit,
  recordFiles,
  recordsOf,
  recoveryProgress,
  revenueByMonth,
  runRecovery,
  type SeizureDeps,
  type SourceId,
  seizureResultDigest,
  startPass,
  takeArchiveCensus,
  usersByCountry,
} from '@tutela/investigator-desk';
import { readRangeData } from '@tutela/ranges';
import {
  fixtureArchives,
  type GroundTruth,
  type SeizurePlaces,
  type SeizureSize,
  seizurePlaces,
  writeSeizure,
} from '@tutela/testkit';
import { checkInstallation } from '../commands/ledger-check.js';
import { lookAtPictures } from '../commands/seize-fingerprint.js';
import type { Workplace } from '../node/workplace.js';
import { accepted } from '../output/accepted.js';
import { demoAuthorities } from './demo-authorities.js';
import { demoLead } from './demo-lead.js';
import { demoPeople } from './demo-people.js';
import type { ListedArchives, NearFindings, SeizeDemoResult } from './demo-result.js';

export interface SeizeDemoOptions {
  readonly size: SeizureSize;
  /** Guessing ends when a lock is expected to cost more seconds of a processor than this. */
  readonly mostSecondsPerLock: number;
  readonly engine: EngineChoice;
  readonly tell: (line: string) => void;
}

const caseRef = 'DEMO-SEIZURE';
const exhibit = '1';
const actor = 'demo-officer-1';

interface Demo {
  readonly place: Workplace;
  readonly seizing: SeizureDeps;
  readonly archiving: ArchiveDeps;
  readonly places: SeizurePlaces;
  readonly truth: GroundTruth;
}

/**
 * A seizure from end to end: made, read, its archives examined and opened, its records imported, under two authorities.
 * Each step finds what is there already: a demonstration that was cut off goes on when it is run again.
 */
export const runSeizeDemo = async (
  place: Workplace,
  { size, tell, ...guessing }: SeizeDemoOptions,
): Promise<SeizeDemoResult> => {
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    tell(`demonstration: ${what}`);
    const began = performance.now();
    const result = await act();
    seconds[what] = Math.round(performance.now() - began) / 1000;
    return result;
  };
  const folder = path.join(place.config.dataFolder, 'seizure-demonstration');
  const truth = await timed('making a seizure', async () => writeSeizure(folder, size, await fixtureArchives()));
  const demo = demoOf(place, seizurePlaces(folder), truth);
  const authorities = await timed('authorities', () => authorise(demo, folder));
  await timed('reading', () => readSource(demo));
  await timed('examining archives', () => takeArchiveCensus(demo.archiving, { caseRef }));
  await timed('looking for passwords', () => recover(demo, authorities.warrant, guessing));
  await timed('opening archives', () => openArchives(demo.archiving, { caseRef }));
  await timed("importing the service's records", () => importAll(demo));
  await timed('looking at pictures', () => lookAtPictures(demo.seizing, caseRef, by()));
  const known = await timed('comparing with known files', async () =>
    matchKnownFiles(demo.archiving, { caseRef, known: await readKnownList(demo.places.known), by: actor }),
  );
  return timed('putting together', () => resultOf(demo, { known, warrant: authorities.warrant, seconds }));
};

const demoOf = (place: Workplace, places: SeizurePlaces, truth: GroundTruth): Demo => {
  const { database, engine, vault } = place;
  const common = { db: database.db, clock: systemClock };
  return {
    place,
    places,
    truth,
    seizing: { ...common, engine },
    archiving: { ...common, vault, actor, reader: openItemReader(vault) },
  };
};

const by = () => ({ by: actor, at: systemClock.now() });

const authorise = async ({ place, truth, seizing: { db } }: Demo, folder: string) => {
  const people = await demoPeople(place.database.db, path.join(folder, 'people'));
  if ((await findCase(db, caseRef)) === undefined) {
    await inTransaction(db, async (tx) => {
      accepted(await openCase(tx, { caseRef, title: 'Demonstration: a storage provider', ...by() }));
      accepted(await recordExhibit(tx, { caseRef, number: exhibit, description: 'Servers, copied' }, by()));
    });
  }
  await demoLead(db, caseRef, people);
  return demoAuthorities(db, caseRef, people, truth.excludedAccount);
};

const readSource = async ({ seizing, places }: Demo): Promise<void> => {
  const locator = places.seized;
  const known = (await listSources(seizing.db, caseRef))[0];
  const source =
    known ??
    accepted(await addSource(seizing, { caseRef, exhibit, kind: 'folder', locator, accountPath: 'storage/*' }, by()));
  const sourceId: SourceId = source.source_id;
  const standing = await passOf(seizing, sourceId);
  const pass = standing.kind === 'done' ? standing.value : accepted(await startPass(seizing, sourceId, by()));
  if (standing.kind === 'done' && pass.state !== 'ended') accepted(await goOnWithPass(seizing, pass.pass_id, by()));
  while (accepted(await passOf(seizing, sourceId)).state !== 'ended') await sleep(100);
};

const recover = async (
  { archiving, places }: Demo,
  authorityId: string,
  { mostSecondsPerLock, engine: choice }: Pick<SeizeDemoOptions, 'mostSecondsPerLock' | 'engine'>,
): Promise<void> => {
  const bytes = createReadStream(places.words);
  accepted(await importWordList(archiving, { caseRef, name: 'demonstration', bytes }));
  const engine = await openRecoveryEngine(choice);
  try {
    const options = {
      stopRule: { mostSecondsPerLock, mostSeconds: 1e9 },
      unitSeconds: 20,
      beatSeconds: 2,
      staleSeconds: 10,
    };
    accepted(await runRecovery(archiving, { caseRef, authorityId, options }, { engine }));
  } finally {
    await engine.close();
  }
};

const importAll = async ({ archiving }: Demo): Promise<void> => {
  for (const { itemId, path: file } of await recordFiles(archiving.db, caseRef, 'server/')) {
    const format = recordsOf(file);
    if (format === undefined) continue;
    const imported = await importRecords(archiving, { itemId, format, by: actor });
    if (imported.kind === 'refused' && imported.reason.code === 'imported-already') continue;
    accepted(imported);
  }
};

const resultOf = async (
  { place, places, truth, seizing, archiving }: Demo,
  { known, warrant, seconds }: Pick<SeizeDemoResult, 'known' | 'seconds'> & { readonly warrant: string },
): Promise<SeizeDemoResult> => {
  const { db } = archiving;
  const data = [
    accepted(await readRangeData(places.ranges)),
    accepted(await readRangeData(places.otherRanges)),
  ] as const;
  const months = await revenueByMonth(db, caseRef);
  const revenue: Record<string, string> = {};
  for (const { currency, amount } of months)
    revenue[currency] = (Number(revenue[currency] ?? 0) + Number(amount)).toFixed(2);
  return {
    made: {
      files: truth.files,
      bytes: truth.bytes,
      duplicates: truth.duplicates,
      archives: truth.archives.length + truth.brought.length,
      excludedFiles: truth.excludedFiles,
    },
    seizure: await readSeizureStatus(seizing, caseRef),
    archives: await archivesByKind(db, caseRef),
    recovery: await recoveryProgress(archiving, { caseRef, authorityId: warrant }),
    listed: await listedArchives(db, truth),
    excludedItems: await itemsBelow(db, caseRef, `storage/${truth.excludedAccount}/`),
    records: await importCounts(db, caseRef),
    users: await usersByCountry(db, caseRef, data, accepted(await readProviderBook(places.providers))),
    known,
    near: await nearFindings(db, truth, places),
    notices: await noticeCounts(db, caseRef),
    revenue,
    resultSha256: await seizureResultDigest(db, caseRef),
    ledger: await checkInstallation(place),
    seconds,
  };
};

const nearFindings = async (db: Db, { copies }: GroundTruth, places: SeizurePlaces): Promise<NearFindings> => {
  const listed = (await readFile(places.known, 'utf8')).split('\n').map((line) => line.split(',')[2]);
  const found = await nearContents(db, caseRef);
  const files = (of: typeof found): number => of.reduce((sum, each) => sum + each.files, 0);
  const right = found.filter(({ sha256, line }) => copies[sha256] !== undefined && copies[sha256] === listed[line - 1]);
  return {
    found: files(right),
    there: await filesOfContents(db, caseRef, Object.keys(copies)),
    mistaken: files(found) - files(right),
  };
};

const listedArchives = async (db: Db, { archives, excludedAccount }: GroundTruth): Promise<ListedArchives> => {
  const states = new Map((await archiveStates(db, caseRef)).map(({ path: place, state }) => [stemOf(place), state]));
  const listed = archives.filter(({ account, secret }) => account !== excludedAccount && secret.place === 'list');
  const stems = listed.map(({ stem }) => stem);
  const inState = (state: string): readonly string[] => stems.filter((stem) => states.get(stem) === state);
  const [opened, missed] = [inState('opened').length, inState('exhausted')];
  return { opened, missed, left: stems.length - opened - missed.length };
};

const stemOf = (place: string): string => place.replace(/(\.rar|\.zip|\.7z(\.\d{3})?)$/, '');
