import { randomUUID } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import type { Tx } from '@tutela/db';
import {
  type Expectations,
  kindKey,
  kindOf,
  nextKind,
  openYieldTable,
  type Standing,
  worthBroadcasting,
} from '@tutela/recovery';
import { blocksOf } from '../candidates/import-list.js';
import {
  broadcastable,
  type CostedLock,
  countHeld,
  finishSpread,
  type GroupRow,
  insertSpread,
  insertWork,
  listGroups,
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
 * What to do next, and nobody else: what a silent worker left, then found passwords on others, words near an archive,
 * then the block of a list that promises most. Planners of one authority take turns.
 */
export const planWork = async (tx: Tx, planning: Planning): Promise<Planned> => {
  const { run, holder, at } = planning;
  await takeTurn(tx, `plan ${run.caseRef} ${run.authorityId}`);
  const staleBefore = new Date(Date.parse(at) - run.options.staleSeconds * 1000).toISOString() as UtcInstant;
  const left = await takeLeft(tx, run, { holder, at, staleBefore });
  if (left !== undefined) return { kind: 'work', work: left };
  const body = (await planSpread(tx, planning)) ?? (await planHints(tx, planning)) ?? (await planBlock(tx, planning));
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

const planHints = async (tx: Tx, { run }: Planning): Promise<WorkBody | undefined> => {
  const { hintWords, unitSeconds } = run.options;
  for (;;) {
    const waiting = await locksForHints(tx, run, locksAtOnce);
    if (waiting.length === 0) return undefined;
    const lockKeys = keysOf(fitting(waiting, hintWords, unitSeconds));
    const hints = await hintsFor(tx, run, lockKeys, hintWords);
    await markHinted(tx, run, lockKeys);
    const pairs = hints.filter(({ wordIds }) => wordIds.length > 0);
    if (pairs.length > 0) return { kind: 'hints', pairs };
  }
};

const planBlock = async (
  tx: Tx,
  planning: Planning,
): Promise<WorkBody | { readonly stop: Extract<Planned, { kind: 'stop' }>['why'] }> => {
  const { run, lists } = planning;
  const blocks = lists.reduce((sum, list) => sum + blocksOf(list), 0);
  const groups = await listGroups(tx, run, blocks);
  const table = openYieldTable(expectationsOf(lists, blocks), await loadYields(tx, run));
  const next = nextKind(groups.map(kindOf), table, run.options.stopRule, run.checks);
  const spread = await planBroadcast(tx, planning, next.kind === 'work' ? next.expected : 0);
  if (spread !== undefined) return spread;
  if (next.kind === 'stop') return { stop: next.why };
  const groupKind = kindKey(next.on);
  const ofKind = groups.filter((group) => kindKey(kindOf(group)) === groupKind);
  const place = placeOf(lists, next.on.block);
  const chosen = fitting(ofKind, place.words, run.options.unitSeconds);
  const lockKeys = chosen.map(({ exemplar }: GroupRow) => exemplar);
  const { listId, block } = place;
  return { kind: 'block', listId, block, overall: next.on.block, blocks, groupKind, lockKeys };
};

/** What is known of people's passwords before this seizure says otherwise. */
const expectationsOf = (lists: readonly WordList[], blocks: number): Expectations => ({
  inList: 0.5,
  reuse: 0.5,
  hitShare: Array.from({ length: blocks }, () => 1 / blocks),
  blockWords: Math.max(...lists.map(({ blockWords }) => blockWords), 1),
});

const placeOf = (lists: readonly WordList[], overall: number) => {
  let before = 0;
  for (const list of lists) {
    const blocks = blocksOf(list);
    if (overall < before + blocks) return { listId: list.listId, block: overall - before, words: list.blockWords };
    before += blocks;
  }
  throw new RangeError(`no list has a block ${overall}`);
};

/** A password of two owners goes to every lock of the authority when it promises more than the list does: one decision. */
const planBroadcast = async (tx: Tx, planning: Planning, otherwise: number): Promise<WorkBody | undefined> => {
  const { run, by, at } = planning;
  const { caseRef, authorityId } = run;
  for (const { wordId, owners, ownersKnown, locks } of await broadcastable(tx, run)) {
    if (locks === 0 || worthBroadcasting({ owners, ownersKnown }, otherwise) === 'no') continue;
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
