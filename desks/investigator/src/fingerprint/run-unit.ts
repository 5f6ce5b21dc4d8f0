import { groupBy } from '@tutela/core';
import { batchDecisions, type DecisionBatch } from '@tutela/policy';
import { watchAuthorities } from '@tutela/policy/postgres';
import { picturesToLookAt } from '../archive/queries/items.js';
import { type Beat, startHeartbeat } from '../seizure/heartbeat.js';
import { commitUnit } from './commit-unit.js';
import { type DecidedPicture, decidedObject, decidePictures } from './decide-pictures.js';
import type { FingerprintDeps } from './deps.js';
import { type Look, lookAtPicture } from './look-at-picture.js';
import { portionsOf } from './portions.js';
import { settledPictures } from './queries/pictures.js';
import { type FingerprintRun, findRun, runState, unitIsWritten } from './queries/runs.js';
import type { FingerprintRunId } from './schema.js';

/** A content inside one authority. */
export interface LookedPicture {
  readonly authorityId: string;
  readonly sha256: string;
  readonly look: Look;
}

/** What became of a unit. */
export interface UnitFound {
  readonly state: 'done' | 'stopped-by-authority';
  /** The rule that stopped it. */
  readonly reason: string | null;
  readonly items: number;
  readonly refused: number;
  /** Contents of these items. */
  readonly contents: number;
  readonly looked: readonly LookedPicture[];
  readonly batches: readonly DecisionBatch[];
  readonly milliseconds: number;
}

/** Files asked about at once; copies of a content lie side by side. */
const pageItems = 2000;
/** Copies of a content that are tried. */
const mostCopies = 3;

/**
 * Looks at the contents of a unit and commits what was seen, once: a unit that was written is left as it is. Nothing is
 * kept of one whose run has ended.
 */
export const runFingerprintUnit = async (
  deps: FingerprintDeps,
  runId: FingerprintRunId,
  place: number,
): Promise<void> => {
  const run = await findRun(deps.db, runId);
  if (run?.state !== 'running' || (await unitIsWritten(deps.db, runId, place)) === 'written') return;
  const watch = watchAuthorities(deps.db, run.caseRef, deps.clock);
  const beat = startHeartbeat(watch, () => runState(deps.db, runId));
  const found = await lookThrough(deps, run, place, beat);
  if (found !== 'dropped') await commitUnit(deps, run, place, found);
};

const lookThrough = async (
  deps: FingerprintDeps,
  { caseRef, bounds }: FingerprintRun,
  place: number,
  beat: () => Promise<Beat>,
): Promise<UnitFound | 'dropped'> => {
  const began = performance.now();
  const share = { from: bounds[place] ?? '', to: bounds[place + 1] };
  const [looked, batches]: [LookedPicture[], DecisionBatch[]] = [[], []];
  const contents = new Set<string>();
  let [items, refused] = [0, 0];
  const end = (state: UnitFound['state'], reason: string | null): UnitFound => {
    const milliseconds = Math.round(performance.now() - began);
    return { state, reason, items, refused, contents: contents.size, looked, batches, milliseconds };
  };
  for (let after: readonly [string, number] = ['', 0]; ; ) {
    const page = await picturesToLookAt(deps.db, caseRef, share, { after, limit: pageItems });
    const last = page.at(-1);
    if (last === undefined) return end('done', null);
    after = [last.sha256, last.itemId];
    const now = await beat();
    if (now.kind === 'paused') return 'dropped';
    const decided = await decidePictures(deps.db, { scope: now.scope, beat }, page);
    const seen = await lookAtPage(deps, caseRef, decided, looked);
    if (seen.stopped === 'paused') return 'dropped';
    const told = decided.filter((one) => seen.stopped === undefined || isSettled(one, seen.done));
    batches.push(...(await batchDecisions({ caseRef, step: 'match', at: now.scope.at }, told.map(decidedObject))));
    looked.push(...seen.looked);
    items += told.length;
    for (const { item } of told) contents.add(item.sha256);
    refused += told.filter(({ decision }) => decision.answer !== 'allow').length;
    if (seen.stopped !== undefined) return end('stopped-by-authority', seen.stopped);
  }
};

/** Refused, or looked at, before the authority ended. */
const isSettled = (one: DecidedPicture, done: ReadonlySet<string>): boolean =>
  one.decision.answer !== 'allow' || done.has(keyOf(one));

const keyOf = ({ item, decision }: DecidedPicture): string =>
  `${decision.answer === 'allow' ? decision.authority : ''} ${item.sha256}`;

interface SeenPage {
  readonly looked: readonly LookedPicture[];
  /** Contents that are looked at, these and those that were before. */
  readonly done: ReadonlySet<string>;
  /** Why it broke off. */
  readonly stopped: string | undefined;
}

const lookAtPage = async (
  deps: FingerprintDeps,
  caseRef: string,
  decided: readonly DecidedPicture[],
  before: readonly LookedPicture[],
): Promise<SeenPage> => {
  const contents = groupBy(
    decided.filter(({ decision }) => decision.answer === 'allow'),
    keyOf,
  );
  const pairs = [...contents.keys()].map((key) => key.split(' ') as [string, string]);
  const settled = await settledPictures(deps.db, caseRef, pairs);
  const done = new Set([...settled, ...before.map(({ authorityId, sha256 }) => `${authorityId} ${sha256}`)]);
  const looked: LookedPicture[] = [];
  // As they were found on the disk, more or less.
  const waiting = [...contents]
    .filter(([key]) => !done.has(key))
    .map(([key, copies]) => ({ key, copies: copies.slice(0, mostCopies), bytes: copies[0]?.item.size ?? 0 }))
    .sort((one, other) => (one.copies[0]?.item.itemId ?? 0) - (other.copies[0]?.item.itemId ?? 0));
  for (const portion of portionsOf(waiting)) {
    const looks = await Promise.all(portion.map(({ copies }) => lookAt(deps, copies)));
    for (const [at, { key }] of portion.entries()) {
      const look = looks[at];
      if (look === undefined || look === 'stopped') continue;
      const [authorityId = '', sha256 = ''] = key.split(' ');
      looked.push({ authorityId, sha256, look });
      done.add(key);
    }
    const stopped = portion.find((_, at) => looks[at] === 'stopped');
    const why = stopped?.copies.map(({ guard }) => guard.why()).find((rule) => rule !== 'paused');
    if (stopped !== undefined) return { looked, done, stopped: why ?? 'paused' };
  }
  return { looked, done, stopped: undefined };
};

const lookAt = (deps: FingerprintDeps, copies: readonly DecidedPicture[]): Promise<Look | 'stopped'> => {
  const guards = new Map(copies.map(({ item, guard }) => [item.itemId, guard]));
  return lookAtPicture(
    deps,
    copies.map(({ item }) => item),
    async ({ itemId }) => (await guards.get(itemId)?.ask()) ?? 'stops',
  );
};
