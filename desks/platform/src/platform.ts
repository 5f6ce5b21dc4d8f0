import type { JsonObject } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { PlatformDeps } from './deps.js';
import { runFiling, sweepFilings } from './filing/run-filing.js';
import { importList } from './lists/import-list.js';
import { openMatchers } from './match/matchers.js';
import { PlatformError } from './platform-error.js';
import { filingUnderWay, latestFilings } from './queries/filings.js';
import { newestListVersions } from './queries/lists.js';
import { fileableMatches, listMatches, matchesBeginning } from './queries/matches.js';
import { outputOf, progressOf, resultsFrom, scanById, setOutput } from './queries/scans.js';
import { decide } from './review/decide.js';
import { matchFile, matchWindow } from './review/match-queue.js';
import { viewOriginal } from './review/view-original.js';
import { countUnderWay } from './scan/count-under-way.js';
import { restartBatches } from './scan/restart-batches.js';
import { type BatchKey, runBatch } from './scan/run-batch.js';
import { startScan } from './scan/start-scan.js';
import { walkScan } from './scan/walk-scan.js';
import { summarise } from './summary.js';
import { receiveUpload } from './upload/receive-upload.js';

/** What the platform desk can do; its routes and the command line are thin over this. */
export type Platform = ReturnType<typeof platformOf>;

type Rest<F> = F extends (first: never, ...rest: infer R) => unknown ? R : never;

export const platformOf = (given: PlatformDeps) => {
  const deps = { ...given, matchers: openMatchers(given.db) };
  const db: Db = deps.db;
  const underWay = countUnderWay();
  return {
    importList: (...rest: Rest<typeof importList>) => importList(deps, ...rest),
    lists: () => newestListVersions(db),
    startScan: (...rest: Rest<typeof startScan>) => startScan(deps, ...rest),
    walkScan: (...rest: Rest<typeof walkScan>) => walkScan(deps, ...rest),
    restartBatches: (scan: string) => restartBatches(deps, scan),
    runBatch: (key: BatchKey) => underWay.during(key.scan, (onFile) => runBatch({ ...deps, onFile }, key)),
    /** How far a scan is: what was walked, what was examined and committed, and what this process is at besides. */
    scanStatus: async (id: string) => ({
      scan: await existingScan(db, id),
      examined: await progressOf(db, id),
      underWay: underWay.of(id),
    }),
    /** The lines of a batch once it is done. */
    resultsOf: async (scan: string, ordinal: number) => (await resultsFrom(db, scan, ordinal))?.results ?? undefined,
    outputOf: (scan: string) => outputOf(db, scan),
    setOutput: (...rest: Rest<typeof setOutput>) => setOutput(db, ...rest),
    receiveUpload: (...rest: Rest<typeof receiveUpload>) => receiveUpload(deps, ...rest),
    listMatches: (...rest: Rest<typeof listMatches>) => listMatches(db, ...rest),
    matchWindow: (...rest: Rest<typeof matchWindow>) => matchWindow(db, ...rest),
    matchFile: (id: string) => matchFile(db, id),
    matchesBeginning: async (prefix: string) => (await matchesBeginning(db, prefix)).map(({ id }) => id),
    /** What stands between an account and its report. */
    accountState: async (account: string) => ({
      undecided: (await fileableMatches(db, account)).undecided,
      filing: await filingUnderWay(db, account),
    }),
    decide: (...rest: Rest<typeof decide>) => decide(deps, ...rest),
    viewOriginal: (...rest: Rest<typeof viewOriginal>) => viewOriginal(deps, ...rest),
    listFilings: (limit: number) => latestFilings(db, limit),
    runFiling: async (filing: string): Promise<void> => {
      const { destination } = deps;
      if (destination !== undefined) await runFiling({ ...deps, destination }, filing);
    },
    sweepFilings: () => sweepFilings(deps),
    summary: (): Promise<JsonObject> => summarise(db),
  };
};

const existingScan = async (db: Db, id: string) => {
  const scan = await scanById(db, id);
  if (scan === undefined) throw new PlatformError('no-such-scan', `There is no scan ${id}.`);
  return scan;
};
