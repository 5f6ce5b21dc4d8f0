import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CensusRow,
  demonstrationAuthorities,
  largePictureBundles,
  readBacklog,
  takeCensus,
} from '@tutela/clearinghouse-desk';
import { makeReportWorld, type ReportWorld } from '@tutela/testkit';
import { checkInstallation } from '../commands/ledger-check.js';
import type { Workplace } from '../node/workplace.js';
import { accepted } from '../output/accepted.js';
import type { Progress } from '../output/progress.js';
import { TutelaError } from '../tutela-error.js';
import { countryTable } from './country-table.js';
import type { ClearinghouseDemoResult } from './demo-result.js';
import { differencesOf, digestOf, expectedFates, foundFates, largeBundle } from './fates.js';
import { type Account, fileReports } from './file-reports.js';
import { type NodeCrew, openNodeCrew } from './node-crew.js';

export interface ClearinghouseDemoOptions {
  readonly reports: number;
  readonly seed: number;
  /** Nodes killed on the way with SIGKILL. */
  readonly kills: number;
  readonly tell: (line: string) => void;
  /** Of the filing, for whoever watches. */
  readonly progress: () => Progress;
}

const actor = 'demonstration';
const nodes = 2;

/**
 * A made world of reports goes through the clearinghouse as real ones do: filed over HTTP at nodes of this installation,
 * judged, bundled, routed, large bundles forwarded by a person. What came of each is held against what its maker knows.
 * Run again after it was cut off, it files what is missing.
 */
export const runClearinghouseDemo = async (
  place: Workplace,
  { reports, seed, kills, tell, progress }: ClearinghouseDemoOptions,
): Promise<ClearinghouseDemoResult> => {
  const { db } = place.database;
  const known = await referencesOf(place);
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    tell(`demonstration: ${what}`);
    const began = performance.now();
    const result = await act();
    seconds[what] = Math.round(performance.now() - began) / 1000;
    return result;
  };
  const world = await timed('making reports', () => makeReportWorld({ reports, seed }));
  const accounts = await issueAccounts(place, world);
  const ranges = await writeRanges(place, world);
  const crew = await timed('starting nodes', () =>
    openNodeCrew(nodes, { dataFolder: place.config.dataFolder, ranges, tell }),
  );
  try {
    const missing = world.reports.filter(({ truth }) => !known.has(truth.key));
    if (known.size > 0) tell(`demonstration: ${known.size} of ${reports} reports were filed before`);
    const killer = openKiller(crew, { kills, reports: missing.length, tell });
    const filedAgain = await timed('filing', async () => {
      const filing = progress();
      const filed = (done: number): void => {
        filing.update({ done, total: missing.length });
        killer.filed(done);
      };
      return fileReports({ crew, accounts, filed }, missing).finally(filing.end);
    });
    const killed = await killer.end();
    await timed('judging and routing the rest', () => settled(place));
    const forwarded = await timed('forwarding', () => forwardLarge(place, crew));
    await settled(place);
    const census = await timed('counting', () => censusOf(place));
    const found = foundFates(census);
    const authorities = await place.desks.clearinghouse.routing.authorities({ standing: 'active' });
    const truths = world.reports.map(({ truth }) => truth);
    const expected = expectedFates(truths, authorities);
    const { open: leftOpen } = await readBacklog(db);
    await crew.close();
    const ledger = await timed('checking the ledger', async () => {
      await place.sequence();
      return checkInstallation(place);
    });
    const worked = (seconds.filing ?? 0) + (seconds['judging and routing the rest'] ?? 0);
    return {
      reports,
      pointingAtTwo: truths.filter(({ countries }) => countries.length === 2).length,
      countries: countryTable(census),
      withoutAuthority: withoutAuthority(census),
      bundles: bundleCounts(census),
      forwarded,
      killed,
      filedAgain,
      leftOpen,
      doubled: doubledOf(census),
      differences: differencesOf(expected, found),
      resultSha256: digestOf(found),
      expectedSha256: digestOf(expected),
      ledger,
      seconds,
      reportsPerSecond: missing.length / worked,
    };
  } finally {
    await crew.close();
  }
};

/** @throws TutelaError `usage` in an installation with other reports: the demonstration wants one of its own */
const referencesOf = async (place: Workplace): Promise<ReadonlySet<string>> => {
  const known = new Set<string>();
  for (const { reference } of await censusOf(place)) {
    if (reference?.startsWith('synthetic/') !== true) {
      const advice = 'Give it a folder of its own: tutela clearinghouse demo --data /tmp/tutela-reports';
      throw new TutelaError('usage', 'There are other reports here; the demonstration would stand among them.', advice);
    }
    known.add(reference);
  }
  return known;
};

const censusOf = async ({ database }: Workplace): Promise<readonly CensusRow[]> => {
  const rows: CensusRow[] = [];
  for await (const row of takeCensus(database.db)) rows.push(row);
  return rows;
};

const issueAccounts = async ({ desks }: Workplace, { reporters }: ReportWorld): Promise<readonly Account[]> => {
  const { routing } = desks.clearinghouse;
  accepted(await routing.importRegistry({ text: await readFile(demonstrationAuthorities, 'utf8'), by: actor }));
  const accounts: Account[] = [];
  for (const reporter of reporters) accounts.push(await desks.clearinghouse.issueCredentials(reporter));
  return accounts;
};

const writeRanges = async ({ config }: Workplace, { ranges }: ReportWorld): Promise<string> => {
  const folder = path.join(config.dataFolder, 'clearinghouse-demonstration');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'delegated-synthetic.txt');
  await writeFile(file, ranges);
  return file;
};

interface Killing {
  readonly kills: number;
  readonly reports: number;
  readonly tell: (line: string) => void;
}

/** Kills a node each time another share of the reports is filed, and once more while the rest is judged. */
const openKiller = (crew: NodeCrew, { kills, reports, tell }: Killing) => {
  let done = 0;
  let last: Promise<void> = Promise.resolve();
  const strike = (): void => {
    const which = done++;
    last = last.then(async () => {
      await sleep(Math.random() * 300);
      tell(`demonstration: killing node ${which % nodes}`);
      await crew.kill(which);
    });
  };
  return {
    filed: (count: number): void => {
      if (done < kills && count >= ((done + 1) * reports) / (kills + 1)) strike();
    },
    end: async (): Promise<number> => {
      await last;
      await Promise.all(Array.from({ length: nodes }, (_, at) => crew.at(at)));
      return done;
    },
  };
};

const patienceMs = 120_000;

/** When nothing waits for anybody. @throws TutelaError `internal` when nothing moves any more */
const settled = async ({ database }: Workplace): Promise<void> => {
  let before = '';
  let since = Date.now();
  for (;;) {
    const { toJudge, toRoute, toLookAt } = await readBacklog(database.db);
    if (toJudge + toRoute + toLookAt === 0) return;
    const now = `${toJudge} to judge, ${toRoute} to route, ${toLookAt} to look at`;
    if (now !== before) [before, since] = [now, Date.now()];
    if (Date.now() - since > patienceMs) throw new TutelaError('internal', `Nothing moves: ${now}.`, 'Run it again.');
    await sleep(200);
  }
};

/** What one person would do at the console. @returns how many bundles */
const forwardLarge = async ({ database }: Workplace, crew: NodeCrew): Promise<number> => {
  const bundles = await largePictureBundles(database.db, largeBundle);
  const { origin, operatorKey } = await crew.at(0);
  for (const bundle of bundles) {
    const answer = await fetch(`${origin}/clearinghouse/bundles/${bundle}/forward`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorKey}`, 'tutela-actor': actor, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'One picture that many accounts pass on.' }),
    });
    if (!answer.ok)
      throw new TutelaError('internal', `A bundle was not forwarded: ${await answer.text()}`, 'Run it again.');
  }
  return bundles.length;
};

const withoutAuthority = (census: readonly CensusRow[]): readonly string[] => {
  const routings = census.flatMap((row) => row.routings);
  const nobody = routings.filter(({ reason }) => reason === 'no-authority-in-country');
  return [...new Set(nobody.map(({ country }) => country))].toSorted();
};

const doubledOf = (census: readonly CensusRow[]): readonly string[] => {
  const seen = new Set<string>();
  return census.flatMap(({ reference }) => {
    const key = reference ?? '';
    if (seen.has(key)) return [key];
    seen.add(key);
    return [];
  });
};

const bundleCounts = (census: readonly CensusRow[]): ClearinghouseDemoResult['bundles'] => {
  const kinds = new Map(census.flatMap(({ bundles }) => bundles.map(({ id, kind }) => [id, kind] as const)));
  const counts = { file: 0, picture: 0, account: 0, incident: 0 };
  for (const kind of kinds.values()) counts[kind] += 1;
  return counts;
};
