import type { Db } from '@tutela/db';
import type { CompiledScope, DecidedObject, Decision, PolicyObject } from '@tutela/policy';
import { privilegeOf } from '@tutela/policy/postgres';
import { type ArchiveItem, objectOf } from '../archive/archive-item.js';
import { type AllowanceGuard, guardAllowance } from '../seizure/allowance-guard.js';
import type { Beat } from '../seizure/heartbeat.js';
import type { ItemId } from '../seizure/schema.js';
import { itemRef } from '../seizure/visible-items.js';

/** A picture and what the authorities answered to comparing it. */
export interface DecidedPicture {
  readonly item: ArchiveItem;
  readonly decision: Decision;
  /** Asks again, as long as the picture is worked on. */
  readonly guard: AllowanceGuard;
}

/** Asks for each file whether it may be compared; the filter team's files are not the case team's. */
export const decidePictures = async (
  db: Db,
  { scope, beat }: { readonly scope: CompiledScope; readonly beat: () => Promise<Beat> },
  items: readonly ArchiveItem[],
): Promise<readonly DecidedPicture[]> => {
  const [first] = items;
  if (first === undefined) return [];
  const refs = items.map(({ itemId }) => itemRef(itemId as ItemId));
  const privileges = await privilegeOf(db, first.caseRef, refs);
  return items.map((item, at) => {
    const privilege = privileges.get(refs[at] ?? '');
    const object: PolicyObject = { ...objectOf(item), ...(privilege !== undefined && { privilege }) };
    const ask = (now: CompiledScope): Decision => now.decide({ step: 'match', object });
    const decision = ask(scope);
    return { item, decision, guard: guardAllowance(beat, decision, ask) };
  });
};

/** As it goes on record: one row a source and ground. */
export const decidedObject = ({ item, decision }: DecidedPicture): DecidedObject => ({
  ref: `item ${item.itemId}`,
  group: `pictures in ${item.sourceId}`,
  decision,
});
