import type { JsonObject } from '@tutela/core';
import type { Db } from '@tutela/db';
import { countFilings, latestFilings } from './queries/filings.js';
import { newestListVersions } from './queries/lists.js';
import { countMatches, listMatches } from './queries/matches.js';
import { latestScans } from './queries/scans.js';
import type { ScanTally } from './schema.js';

/** The desk at a glance, for a page. */
export const summarise = async (db: Db): Promise<JsonObject> => {
  const [lists, scans, matches, filings, latest, waiting] = await Promise.all([
    newestListVersions(db),
    latestScans(db, 5),
    countMatches(db),
    countFilings(db),
    latestFilings(db, 10),
    listMatches(db, { state: 'waiting', limit: 10 }),
  ]);
  return {
    lists: lists.map((list) => ({ name: list.name, hashes: listed(list.tally.hashes), importedAt: list.imported_at })),
    scans: scans.map((scan) => ({
      folder: scan.root.toString('utf8'),
      state: scan.state,
      files: scan.files,
      startedAt: scan.started_at,
      endedAt: scan.ended_at,
      tally: scan.tally === null ? null : inOrder(scan.tally),
    })),
    matches: { waiting: matches.waiting, confirmed: matches.confirmed, dismissed: matches.dismissed },
    filings: Object.fromEntries(filings.map(({ state, count }) => [state, count])),
    waiting: waiting.map((match) => ({
      id: match.id.slice(0, 8),
      account: match.account,
      name: match.name,
      kind: match.kind,
      distance: match.distance,
      list: match.list,
      foundAt: match.found_at,
    })),
    reports: latest.map((filing) => ({
      account: filing.account,
      state: filing.state,
      number: filing.report_number,
      files: filing.files,
      openedAt: filing.opened_at,
      finishedAt: filing.finished_at,
      reason: filing.reason,
    })),
  };
};

/** PostgreSQL keeps members of JSON in an order of its own; what is not there at all is not told. */
const inOrder = ({ exact, near, none, undecided, refused, failed }: ScanTally): JsonObject =>
  listed({ exact, near, none, undecided, refused, failed });

const listed = (counts: Readonly<Record<string, number>>): JsonObject =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
