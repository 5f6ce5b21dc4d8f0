import type { Clock } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvents } from '@tutela/ledger/postgres';
import type { Decoder } from '@tutela/media';
import type { Compartment } from '@tutela/vault';
import { placeReports } from '../queue/queries/placing.js';
import { attemptsAtPicture } from '../triage/queries/pending.js';
import { bundleReports } from './bundle-reports.js';
import type { LookAlikes } from './look-alikes.js';
import { lookAtFile } from './look-at-file.js';
import { insertPictureKeys, lockBundling } from './queries/bundling.js';
import {
  insertPicture,
  judgedReportsWith,
  type Look,
  noteAttempt,
  takeUnseen,
  unseenFiles,
} from './queries/pictures.js';

export interface LookDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly vault: Compartment;
  readonly decoder: Decoder;
  readonly lookAlikes: LookAlikes;
}

const atOnce = 32;

/**
 * Looks at files that nobody has looked at, each content once, and stores which other pictures they look like. Reports
 * that were judged before anybody could look join their bundles now.
 * @returns how many files were looked at; 0 when none waits or none can be looked at just now
 */
export const lookBatch = async (deps: LookDeps): Promise<number> => {
  const { db, clock, lookAlikes } = deps;
  const files = await unseenFiles(db, atOnce, attemptsAtPicture);
  if (files.length === 0) return 0;
  const tried = await Promise.all(files.map((sha256) => lookAtFile(deps, sha256)));
  const looks = tried.filter((look): look is Look => look !== undefined);
  const seen = new Set(looks.map(({ sha256 }) => sha256));
  await noteAttempt(
    db,
    files.filter((sha256) => !seen.has(sha256)),
  );
  if (looks.length === 0) return 0;
  return await inTransaction(db, async (tx) => {
    await lockBundling(tx);
    const taken = await takeUnseen(tx, [...seen]);
    const own = looks.filter(({ sha256 }) => taken.has(sha256));
    const seeds = await lookAlikes.seedsFor(tx, own);
    for (const look of own) await insertPicture(tx, look, seeds.get(look.sha256) ?? null);
    const at = clock.now();
    const reports = await judgedReportsWith(tx, [...taken]);
    if (reports.length > 0) {
      await insertPictureKeys(tx, reports);
      const { joined, events } = await bundleReports(tx, reports, at);
      await placeReports(tx, [...new Set([...reports, ...joined])], at);
      await appendEvents(tx, events);
    }
    return own.length;
  });
};
