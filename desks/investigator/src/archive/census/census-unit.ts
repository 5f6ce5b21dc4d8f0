import { groupVolumes, type VolumeSet } from '@tutela/archive';
import { groupBy } from '@tutela/core';
import { inTransaction, type Tx } from '@tutela/db';
import type { CompiledScope } from '@tutela/policy';
import { watchAuthorities } from '@tutela/policy/postgres';
import { type ArchiveItem, folderOf, nameOf } from '../archive-item.js';
import { type AuthorityKey, obtainAuthorityKey } from '../authority-key.js';
import { authorityOf, type Decided, decideAll, recordDecided, whileAllowed } from '../decisions.js';
import type { ArchiveDeps } from '../deps.js';
import {
  insertLeads,
  insertLocks,
  insertMembers,
  insertSetLocks,
  insertSets,
  insertVolumes,
} from '../queries/census.js';
import { itemsToExamine } from '../queries/items.js';
import { takeTurn } from '../queries/units.js';
import { nameBasedId } from '../set-id.js';
import { recordUnit } from '../units.js';
import { type ExaminedSet, examineSet, mergeByLocks } from './examine-set.js';
import { lockRow, memberRows, setIdOf, setRow } from './set-rows.js';

/** How a unit of the census ended, in files. */
export interface CensusCounts {
  readonly sets: number;
  readonly locked: number;
  readonly locks: number;
  readonly leads: number;
  /** Files that no authority lets us read. */
  readonly refused: number;
  /** Files that could not be read just now; the next census takes them up. */
  readonly unread: number;
}

export const groupSets = (items: readonly ArchiveItem[]): readonly VolumeSet<ArchiveItem>[] =>
  [...groupBy(items, folderOf).values()].flatMap((folder) => groupVolumes(folder, nameOf));

/**
 * Reads the headers of some archives and writes what they say, in one transaction. Files that are in a set already are
 * left out, so it may run again.
 */
export const examineUnit = async (
  deps: ArchiveDeps,
  caseRef: string,
  itemIds: readonly number[],
): Promise<CensusCounts> => {
  const { db, clock, actor: by } = deps;
  const items = await itemsToExamine(db, itemIds);
  const watch = watchAuthorities(db, caseRef, clock);
  const scope = await watch.scope();
  const decided: Decided[] = [];
  const examined: (ExaminedSet & { readonly authorityId: string })[] = [];
  let unread = 0;
  for (const group of groupSets(items)) {
    const read = decideAll(scope, 'hash', group.volumes);
    const authorityId = authorityOf(read);
    decided.push({ step: 'hash', items: group.volumes, decision: read });
    if (authorityId === undefined) continue;
    const list = decideAll(scope, 'list', group.volumes);
    decided.push({ step: 'list', items: group.volumes, decision: list });
    const names = list.answer === 'allow' ? 'ask' : 'do-not-ask';
    const mayGoOn = whileAllowed(watch, 'hash', group.volumes, authorityId);
    const set = await examineSet(deps.reader, group, names, mayGoOn);
    if (set === 'not-now') unread += group.volumes.length;
    else examined.push({ ...set, authorityId });
  }
  const sets = mergeByLocks(examined) as readonly (ExaminedSet & { readonly authorityId: string })[];
  const matched = sets.filter((set) => allowsMatch(scope, set, decided));
  const keys = new Map<string, AuthorityKey>();
  for (const { authorityId } of sets) {
    if (!keys.has(authorityId)) keys.set(authorityId, await obtainAuthorityKey(deps, caseRef, authorityId));
  }
  const unitId = nameBasedId('census', caseRef, ...items.map(({ itemId }) => itemId));
  const refused = items.length - unread - sets.reduce((sum, { volumes }) => sum + volumes.length, 0);
  const locks = await lockRowsOf(deps, caseRef, unitId, sets);

  return await inTransaction(db, async (tx) => {
    const nothing = { sets: 0, locked: 0, locks: 0, leads: 0, refused, unread };
    if (items.length === 0) return nothing;
    await takeTurn(tx, `census ${itemIds[0]}`);
    if ((await itemsToExamine(tx, itemIds)).length < items.length) return nothing;
    const at = clock.now();
    await recordDecided(tx, caseRef, decided, { by, at });
    if (sets.length === 0) return nothing;
    let counts: CensusCounts = nothing;
    const unit = { unitId, caseRef, kind: 'census', authorityId: null, engine: null } as const;
    await recordUnit(tx, unit, { by, at }, async () => {
      const rows = sets.map((set) => setRow(set, unitId, set.authorityId, keys.get(set.authorityId)!));
      await insertSets(tx, rows);
      const newLocks = await insertLocks(tx, locks);
      await insertParts(tx, caseRef, sets);
      const leads = await insertLeads(tx, caseRef, unitId, matched.map(setIdOf));
      const locked = rows.filter(({ state }) => state === 'locked').length;
      counts = { sets: sets.length, locked, locks: newLocks, leads, refused, unread };
      return { ...counts };
    });
    return counts;
  });
};

const allowsMatch = (scope: CompiledScope, { volumes }: ExaminedSet, decided: Decided[]): boolean => {
  const decision = decideAll(scope, 'match', volumes);
  decided.push({ step: 'match', items: volumes, decision });
  return decision.answer === 'allow';
};

const lockRowsOf = async ({ vault }: ArchiveDeps, caseRef: string, unitId: string, sets: readonly ExaminedSet[]) => {
  const locks = new Map(sets.flatMap((set) => set.locks.map((lock) => [lock.key, lock])));
  const keep = async (bytes: Buffer): Promise<string> => (await vault.forCase(caseRef).put(bytes)).sha256;
  return await Promise.all([...locks.values()].map((lock) => lockRow(lock, caseRef, unitId, keep)));
};

const insertParts = async (tx: Tx, caseRef: string, sets: readonly ExaminedSet[]): Promise<void> => {
  const withIds = sets.map((set) => ({ ...set, set_id: setIdOf(set) }));
  await insertVolumes(
    tx,
    withIds.flatMap(({ set_id, volumes }) =>
      volumes.map(({ itemId }, ordinal) => ({ set_id, ordinal, item_id: itemId })),
    ),
  );
  await insertSetLocks(
    tx,
    withIds.flatMap(({ set_id, locks }) =>
      locks.map(({ key }, ordinal) => ({ set_id, ordinal, case_ref: caseRef, lock_key: key })),
    ),
  );
  await insertMembers(
    tx,
    withIds.flatMap(({ set_id, members }) => memberRows(set_id, members)),
  );
};
