import { randomUUID } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import {
  type Expectations,
  kindKey,
  kindOf,
  mostInVain,
  nextKind,
  openYieldTable,
  type Prospect,
  type Standing,
  worthBroadcasting,
} from '@tutela/recovery';
import { blocksOf } from '../candidates/import-list.js';
import {
  broadcastable,
  type CostedLock,
  countHeld,
  finishSpread,
  insertSpread,
  insertWork,
  listGroups,
  listHintGroups,
  loadYields,
  locksForHints,
  locksForSpread,
  markHinted,
  takeLeft,
  waitingSpreads,
} from '../queries/plan.js';
import { takeTurn } from '../queries/units.js';
import { hintsFor, type WordList, wordsById } from '../queries/words.js';
import { recordReuse } from './reuse.js';
import type { RecoveryRun, Work, WorkBody } from './work.js';

export type Planned =
  | { readonly kind: 'work'; readonly work: Work }
  /** Others hold what is left. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'stop'; readonly why: Exclude<Standing, 'go-on'> | 'nothing-left' };

export interface Planning {
  readonly run: RecoveryRun;
  readonly lists: readonly WordList[];
  readonly holder: string;
  readonly by: string;
  readonly at: UtcInstant;
}

const locksAtOnce = 5000;

/**
 * What to do next, and nobody else: what a silent worker left, then found passwords on others, then the words that promise
 * most for what they cost. Planners of one authority take turns.
 */
export const planWork = async (tx: Tx, planning: Planning): Promise<Planned> => {
  const { run, holder, at } = planning;
  await takeTurn(tx, `plan ${run.caseRef} ${run.authorityId}`);
  const staleBefore = new Date(Date.parse(at) - run.options.staleSeconds * 1000).toISOString() as UtcInstant;
  const left = await takeLeft(tx, run, { holder, at, staleBefore });
  if (left !== undefined) return { kind: 'work', work: left };
  const body = (await planSpread(tx, planning)) ?? (await planWords(tx, planning));
  if ('stop' in body) return (await countHeld(tx, run)) > 0 ? { kind: 'wait' } : { kind: 'stop', why: body.stop };
  const { caseRef, authorityId } = run;
  const work: Work = { workId: randomUUID(), caseRef, authorityId, body };
  await insertWork(tx, work, { holder, at });
  return { kind: 'work', work };
};

/** As many as fit into a lease, one at least. */
const fitting = <Lock extends { readonly cost: number }>(locks: readonly Lock[], words: number, seconds: number) => {
  let left = seconds * 1000;
  return locks.filter(({ cost }, at) => {
    left -= cost * words;
    return at === 0 || left >= 0;
  });
};
const keysOf = (locks: readonly CostedLock[]): readonly string[] => locks.map(({ lockKey }) => lockKey);

/** Names a word of the seizure in the record of attempts. */
export const wordName = (mac: string): string => `word ${mac}`;

const planSpread = async (tx: Tx, { run }: Planning): Promise<WorkBody | undefined> => {
  const spreads = await waitingSpreads(tx, run);
  const words = await wordsById(
    tx,
    spreads.map(({ wordId }) => wordId),
  );
  for (const spread of spreads) {
    const locks = await locksForSpread(tx, run, spread, wordName(words.get(spread.wordId)?.mac ?? ''), locksAtOnce);
    if (locks.length > 0) {
      return { kind: 'spread', ...spread, lockKeys: keysOf(fitting(locks, 1, run.options.unitSeconds)) };
    }
    await finishSpread(tx, run, spread);
  }
  return undefined;
};

/** A group of one owner, and the next block of words for it. */
interface Candidate extends Prospect {
  readonly owner: string;
  /** Of a list: that gets the block. */
  readonly exemplar?: string;
}

/**
 * The words that promise most for what they cost, near locks or from a list. Locks of about the same cost and the same
 * promise share a lease.
 */
const planWords = async (
  tx: Tx,
  planning: Planning,
): Promise<WorkBody | { readonly stop: Extract<Planned, { kind: 'stop' }>['why'] }> => {
  const { run, lists } = planning;
  const blocks = lists.reduce((sum, list) => sum + blocksOf(list), 0);
  const table = openYieldTable(expectationsOf(run, lists, blocks), await loadYields(tx, run));
  for (;;) {
    const candidates = await candidatesOf(tx, run, blocks);
    const next = nextKind(candidates, table, run.options.stopRule, run.costMs / 1000);
    const spread = await planBroadcast(tx, planning, next.kind === 'work' ? next.expected : 0);
    if (spread !== undefined) return spread;
    if (next.kind === 'stop') return { stop: next.why };
    const alike = candidates.filter(
      ({ kind, cost }) => kindKey(kind) === kindKey(next.on.kind) && cost <= costsAlike * next.on.cost,
    );
    const body = next.on.kind.words === 'list' ? listWork(planning, alike, blocks) : await hintWork(tx, run, alike);
    if (body !== undefined) return body;
  }
};

const costsAlike = 2;

const candidatesOf = async (tx: Tx, run: RecoveryRun, blocks: number): Promise<readonly Candidate[]> => {
  const lists = await listGroups(tx, run, blocks);
  const hints = await listHintGroups(tx, run);
  return [
    ...hints.map((group) => ({ ...group, kind: kindOf(group, 'hints', group.portion), cost: group.cost / 1000 })),
    ...lists.map((group) => ({ ...group, kind: kindOf(group, 'list', group.block), cost: group.cost / 1000 })),
  ];
};

/** An exemplar of each owner first; where some were in vain, all that are left of the same cost. */
const hintWork = async (tx: Tx, run: RecoveryRun, alike: readonly Candidate[]): Promise<WorkBody | undefined> => {
  const { hintWords, unitSeconds } = run.options;
  const { kind } = alike[0]!;
  const portion = kind.block === 0 ? 0 : 1;
  const words = portion === 0 ? Math.min(firstHints, hintWords) : Math.max(hintWords - firstHints, 0);
  const waiting = await locksForHints(tx, run, {
    owners: alike.map(({ owner }) => owner),
    portion,
    mostCost: 1000 * costsAlike * Math.min(...alike.map(({ cost }) => cost)),
    each: kind.inVain < mostInVain ? 1 : locksAtOnce,
    limit: locksAtOnce,
  });
  const hints = await hintsFor(tx, run, keysOf(fitting(waiting, words, unitSeconds)), words);
  await markHinted(tx, run, portion, hints);
  const pairs = hints.filter(({ wordIds }) => wordIds.length > 0);
  return pairs.length === 0 ? undefined : { kind: 'hints', groupKind: kindKey(kind), pairs };
};

const listWork = ({ run, lists }: Planning, alike: readonly Candidate[], blocks: number): WorkBody => {
  const { kind } = alike[0]!;
  const place = placeOf(lists, kind.block);
  const milliseconds = alike.map(({ cost, exemplar }) => ({ lockKey: exemplar!, cost: 1000 * cost }));
  const lockKeys = keysOf(fitting(milliseconds, place.words, run.options.unitSeconds));
  const { listId, block } = place;
  const dearest = Math.max(...milliseconds.map(({ cost }) => cost));
  const span = Math.min(Math.max(1, Math.floor(spanMilliseconds / (dearest * place.words))), place.left);
  return { kind: 'block', listId, block, overall: kind.block, blocks, span, groupKind: kindKey(kind), lockKeys };
};

/** A lease holds further blocks of a list as long as a lock costs no more than this. */
const spanMilliseconds = 1000;

/** Of the words near a lock, those of its first portion. */
const firstHints = 4;

/** Published exponent of how the use of leaked passwords falls with their rank. */
const wordExponent = 0.78;

/** What is known of people's passwords before this seizure says otherwise. */
const expectationsOf = ({ options }: RecoveryRun, lists: readonly WordList[], blocks: number): Expectations => ({
  hints: { holdIt: 0.3, hitShare: [0.7, 0.3], words: options.hintWords / 2 },
  list: {
    holdIt: 0.5,
    hitShare: Array.from({ length: blocks }, (_, block) => upTo((block + 1) / blocks) - upTo(block / blocks)),
    words: Math.max(...lists.map(({ blockWords }) => blockWords), 1),
  },
  reuse: 0.5,
});
const upTo = (share: number): number => share ** (1 - wordExponent);

const placeOf = (lists: readonly WordList[], overall: number) => {
  let before = 0;
  for (const list of lists) {
    const blocks = blocksOf(list);
    const block = overall - before;
    if (block < blocks) return { listId: list.listId, block, words: list.blockWords, left: blocks - block };
    before += blocks;
  }
  throw new RangeError(`no list has a block ${overall}`);
};

/** A password of two owners goes to every lock of the authority when it promises more than the list does: one decision. */
const planBroadcast = async (tx: Tx, planning: Planning, otherwise: number): Promise<WorkBody | undefined> => {
  const { run, by, at } = planning;
  const { caseRef, authorityId } = run;
  for (const { wordId, owners, ownersKnown, locks, cost } of await broadcastable(tx, run)) {
    if (locks === 0 || worthBroadcasting({ owners, ownersKnown, cost: cost / 1000 }, otherwise) === 'no') continue;
    await recordReuse(
      tx,
      {
        caseRef,
        wordId,
        locks,
        decision: { answer: 'allow', rule: 'secret.own', foundUnder: authorityId, triedUnder: authorityId },
      },
      { by, at },
    );
    await insertSpread(tx, run, { wordId, owner: null, credit: null });
    return await planSpread(tx, planning);
  }
  return undefined;
};
