import { type Db, inTransaction } from '@tutela/db';
import { leastQuality } from '@tutela/fingerprint';
import type { WrittenEffect } from '@tutela/ledger/postgres';
import { recordCaseAct } from '../case/cases.js';
import { program } from '../seizure/deps.js';
import type { FingerprintDeps } from './deps.js';
import { groupLookAlikes } from './group-look-alikes.js';
import {
  insertLookAlikes,
  type LookAlike,
  replaceStacking,
  type SeenLook,
  sealStacking,
  seenLooks,
  stackingStands,
  turnedLooks,
} from './queries/look-alikes.js';
import { findRun } from './queries/runs.js';
import type { FingerprintRunId } from './schema.js';

/** Rows read or written at once. */
const page = 5000;

/**
 * Stacks the pictures of a case that look alike, as they are when a run has ended, in place of the stacks that were. All
 * of it is written at once, with its event: whoever is killed before begins again and comes to the same.
 */
export const stackLookAlikes = async (
  { db, clock }: Pick<FingerprintDeps, 'db' | 'clock'>,
  runId: FingerprintRunId,
): Promise<void> => {
  const run = await findRun(db, runId);
  if (run === undefined) return;
  const { caseRef } = run;
  const looks = await readLooks(db, caseRef);
  const alike = await inStacks(db, caseRef, looks);
  await inTransaction(db, async (tx) => {
    if ((await stackingStands(tx, caseRef, runId)) === 'stands') return;
    const at = clock.now();
    const stacks = new Set(alike.map(({ leader }) => leader)).size;
    const counts = { contents: looks.length, members: alike.length, stacks };
    await replaceStacking(tx, { caseRef, runId, ...counts, stackedAt: at });
    for (let from = 0; from < alike.length; from += page)
      await insertLookAlikes(tx, caseRef, alike.slice(from, from + page));
    await sealStacking(tx, caseRef);
    await recordCaseAct(tx, {
      type: 'look-alikes-stacked',
      caseRef,
      by: program,
      at,
      payload: counts,
      effects: [stackingEffect(caseRef)],
    });
  });
};

/** The largest first, then by SHA-256: an edited copy is mostly smaller than what it was made of, which so leads. */
const readLooks = async (db: Db, caseRef: string): Promise<readonly SeenLook[]> => {
  const looks: SeenLook[] = [];
  for (;;) {
    const after = looks.at(-1)?.sha256 ?? '';
    const read = await seenLooks(db, { caseRef, leastQuality }, { after, limit: page });
    if (read.length === 0) break;
    looks.push(...read);
  }
  return looks.sort((one, other) => other.size - one.size || (one.sha256 < other.sha256 ? -1 : 1));
};

const inStacks = async (db: Db, caseRef: string, looks: readonly SeenLook[]): Promise<readonly LookAlike[]> => {
  const contentAt = (place: number): string => looks[place]?.sha256 ?? '';
  const { leaders, distances } = await groupLookAlikes(Buffer.concat(looks.map(({ pdq }) => pdq)), async (places) => {
    const turned = await turnedLooks(db, caseRef, places.map(contentAt));
    return Buffer.concat(places.map((place) => turned.get(contentAt(place)) ?? Buffer.alloc(0)));
  });
  const followed = new Set<number>();
  leaders.forEach((leader, place) => {
    if (leader !== place) followed.add(leader);
  });
  return looks.flatMap(({ sha256 }, place): readonly LookAlike[] => {
    const leader = leaders[place] ?? place;
    if (!followed.has(leader)) return [];
    return [{ sha256, leader: contentAt(leader), distance: distances[place] ?? 0 }];
  });
};

const stackingEffect = (caseRef: string): WrittenEffect => ({
  kind: 'written',
  table: 'investigator.stacking',
  key: { case_ref: caseRef },
  columns: ['run_id', 'contents', 'stacks', 'members', 'rows_sha256', 'stacked_at'],
});
