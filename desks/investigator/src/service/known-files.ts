import { newId } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import { leastQuality, nearBits } from '@tutela/fingerprint';
import { batchDecisions, type CompiledScope, compileScope, type DecidedObject } from '@tutela/policy';
import { loadGrounds, recordDecisions } from '@tutela/policy/postgres';
import { objectOf } from '../archive/archive-item.js';
import { type By, recordCaseAct } from '../case/cases.js';
import type { ServiceDeps } from './import-records.js';
import type { KnownList } from './known-list.js';
import {
  type ComparableItem,
  finishKnownRun,
  insertKnownMatches,
  insertKnownRun,
  itemsToCompare,
  type KnownMatch,
  looksOf,
} from './queries/known.js';
import type { KnownRunId } from './schema.js';

/** What a comparison came to, in files. */
export interface KnownCounts {
  readonly compared: number;
  /** Not covered by an authority. */
  readonly refused: number;
  /** Known by a digest: the same bytes. */
  readonly matched: number;
  /** Pictures that look like a listed one: leads, no facts. */
  readonly near: number;
  /** Pictures whose looks were compared, since no digest of theirs was known. */
  readonly pictures: number;
  /** Pictures whose looks could not be: not looked at, not decoded, or too little in them. */
  readonly unseen: number;
}

export interface KnownRun extends KnownCounts {
  readonly runId: KnownRunId;
}

const page = 5000;

/**
 * Compares every file of a case, those unpacked from archives too, that an authority covers for the step `match`: its
 * digests first, then, for a picture that was looked at, what it looks like.
 */
export const matchKnownFiles = async (
  { db, clock }: Pick<ServiceDeps, 'db' | 'clock'>,
  {
    caseRef,
    known,
    by,
    onCompared,
  }: {
    readonly caseRef: string;
    readonly known: KnownList;
    readonly by: string;
    /** Told how many files were compared so far. */
    readonly onCompared?: (files: number) => void;
  },
): Promise<KnownRun> => {
  const at = clock.now();
  const scope = compileScope(await loadGrounds(db, caseRef), caseRef, at);
  const runId = newId<KnownRunId>();
  return inTransaction(db, async (tx) => {
    const { name, sha256, entries } = known;
    await insertKnownRun(tx, { runId, caseRef, name, sha256, entries, by, at });
    let count: KnownCounts = { compared: 0, refused: 0, matched: 0, near: 0, pictures: 0, unseen: 0 };
    for (let after = 0; ; ) {
      const items = await itemsToCompare(tx, caseRef, { after, limit: page });
      if (items.length === 0) break;
      after = items.at(-1)?.itemId ?? after;
      const { decided, covered } = decidePage(scope, items);
      await recordDecisions(tx, await batchDecisions({ caseRef, step: 'match', at }, decided), { by, at });
      const exact = covered.flatMap((one) => exactMatch(known, one));
      const matched = new Set(exact.map(({ itemId }) => itemId));
      const left = covered.filter(({ item }) => item.fileClass === 'picture' && !matched.has(item.itemId));
      const { near, pictures } = await nearMatches(tx, { caseRef, known }, left);
      await insertKnownMatches(tx, runId, [...exact, ...near]);
      count = {
        compared: count.compared + covered.length,
        refused: count.refused + items.length - covered.length,
        matched: count.matched + exact.length,
        near: count.near + near.length,
        pictures: count.pictures + pictures,
        unseen: count.unseen + left.length - pictures,
      };
      onCompared?.(count.compared + count.refused);
    }
    await finishKnownRun(tx, runId, count);
    await recordRun(tx, { caseRef, runId, by, at, count, list: sha256 });
    return { runId, ...count };
  });
};

/** A file that an authority lets us compare. */
interface Covered {
  readonly item: ComparableItem;
  readonly authorityId: string;
}

const decidePage = (scope: CompiledScope, items: readonly ComparableItem[]) => {
  const decided: DecidedObject[] = [];
  const covered: Covered[] = [];
  for (const item of items) {
    const decision = scope.decide({ step: 'match', object: objectOf(item) });
    decided.push({ ref: `item ${item.itemId}`, group: `known files in ${item.sourceId}`, decision });
    if (decision.answer === 'allow') covered.push({ item, authorityId: decision.authority });
  }
  return { decided, covered };
};

const exactMatch = (known: KnownList, { item, authorityId }: Covered): readonly KnownMatch[] => {
  const hit = known.exact(item);
  if (hit === undefined) return [];
  return [{ itemId: item.itemId, authorityId, byDigest: hit.by, line: hit.line, distance: null, variant: null }];
};

/** Only by what was seen under the authority that lets us compare. */
const nearMatches = async (
  tx: Tx,
  { caseRef, known }: { readonly caseRef: string; readonly known: KnownList },
  covered: readonly Covered[],
): Promise<{ readonly near: readonly KnownMatch[]; readonly pictures: number }> => {
  const looks = await looksOf(tx, caseRef, { contents: covered.map(contentOf), leastQuality });
  const seen = covered.flatMap((one) => {
    const hashes = looks.get(keyOf(contentOf(one)));
    return hashes === undefined ? [] : [{ ...one, hashes }];
  });
  const hits = known.near(
    seen.map(({ hashes }) => hashes),
    nearBits,
  );
  const near = seen.flatMap(({ item, authorityId }, at): readonly KnownMatch[] => {
    const hit = hits[at];
    return hit === undefined ? [] : [{ itemId: item.itemId, authorityId, byDigest: 'pdq', ...hit }];
  });
  return { near, pictures: seen.length };
};

const contentOf = ({ item, authorityId }: Covered) => ({ authorityId, sha256: item.sha256 });
const keyOf = ({ authorityId, sha256 }: ReturnType<typeof contentOf>): string => `${authorityId} ${sha256}`;

const recordRun = (
  tx: Tx,
  {
    runId,
    list,
    count,
    ...act
  }: By & {
    readonly caseRef: string;
    readonly runId: KnownRunId;
    readonly list: string;
    readonly count: KnownCounts;
  },
) =>
  recordCaseAct(tx, {
    type: 'known-files-matched',
    ...act,
    payload: { list, ...count },
    effects: [{ kind: 'written', table: 'investigator.known_run', key: { run_id: runId }, columns: runColumns }],
  });

const runColumns = [
  'case_ref',
  'list_name',
  'list_sha256',
  'entries',
  'compared',
  'refused',
  'matched',
  'near',
  'pictures',
  'unseen',
  'matches_sha256',
  'ran_at',
  'ran_by',
];
