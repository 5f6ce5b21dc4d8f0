import { done, type Outcome, refused } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import type { Actor, PolicyObject } from '../authority/decision.js';
import { type By, recordAct, wrote } from './record-act.js';
import { actorIn } from './roles.js';
import { type AnyDb, policyTables, type Tx } from './tables.js';

interface Item {
  readonly caseRef: string;
  readonly itemRef: string;
}

/** Sends an item to the filter team; from then on it is hidden from everybody else of the case. */
export const routeToFilter = async (
  tx: Tx,
  { caseRef, itemRef, reason, by, at }: Item & By & { readonly reason: string },
): Promise<Outcome<Item, 'routed-already'>> => {
  const row = await policyTables(tx)
    .insertInto('policy.routing')
    .values({ case_ref: caseRef, item_ref: itemRef, routed_at: at, routed_by: by, reason })
    .onConflict((conflict) => conflict.doNothing())
    .returning('item_ref')
    .executeTakeFirst();
  if (row === undefined) return refused('routed-already', 'the filter team has it already');
  const effects = [wrote('routing', { case_ref: caseRef, item_ref: itemRef })];
  await recordAct(tx, {
    type: 'policy.routed-to-filter',
    by,
    at,
    subjects: [itemRef],
    caseRef,
    payload: { reason },
    effects,
  });
  return done({ caseRef, itemRef });
};

export type RulingFault = 'not-with-filter' | 'not-of-the-filter-team' | 'ruled-already';

/** The filter team's word on an item. The first one stands. */
export const ruleOnItem = async (
  tx: Tx,
  ruling: Item & {
    readonly ruling: 'released' | 'withheld';
    readonly reason: string;
    readonly by: PersonId;
    readonly at: By['at'];
  },
): Promise<Outcome<Item, RulingFault>> => {
  const { caseRef, itemRef, by, at, reason } = ruling;
  const { roles } = await actorIn(tx, caseRef, by);
  if (roles.length !== 1 || roles[0] !== 'filter')
    return refused('not-of-the-filter-team', `${by} is not of the filter team`);
  const privilege = (await privilegeOf(tx, caseRef, [itemRef])).get(itemRef);
  if (privilege === undefined) return refused('not-with-filter', 'the item is not with the filter team');
  if (privilege !== 'claimed') return refused('ruled-already', `the item was ${privilege}`);
  const key = { case_ref: caseRef, item_ref: itemRef };
  await policyTables(tx)
    .insertInto('policy.filter_ruling')
    .values({ ...key, ruling: ruling.ruling, ruled_at: at, ruled_by: by, reason })
    .execute();
  const type = ruling.ruling === 'released' ? 'policy.filter-released' : 'policy.filter-withheld';
  await recordAct(tx, {
    type,
    by,
    at,
    subjects: [itemRef],
    caseRef,
    payload: { reason },
    effects: [wrote('filter_ruling', key)],
  });
  return done({ caseRef, itemRef });
};

type Privilege = NonNullable<PolicyObject['privilege']>;

/** How items stand with the filter team, for the objects that are decided on; those it never had are absent. */
export const privilegeOf = async (
  db: AnyDb,
  caseRef: string,
  itemRefs: readonly string[],
): Promise<ReadonlyMap<string, Privilege>> => {
  if (itemRefs.length === 0) return new Map();
  const rows = await policyTables(db)
    .selectFrom('policy.routing as routing')
    .leftJoin('policy.filter_ruling as ruling', (join) =>
      join.onRef('ruling.case_ref', '=', 'routing.case_ref').onRef('ruling.item_ref', '=', 'routing.item_ref'),
    )
    .select(['routing.item_ref', 'ruling.ruling'])
    .where('routing.case_ref', '=', caseRef)
    .where('routing.item_ref', 'in', itemRefs)
    .execute();
  return new Map(rows.map(({ item_ref, ruling }) => [item_ref, ruling ?? 'claimed']));
};

/**
 * Which items a list shows to somebody: the filter team those it has, the case team all others. In SQL:
 * `policy.with_filter(case_ref, item_ref)`.
 */
export const itemIsFor = ({ roles }: Actor, privilege: Privilege | undefined): 'shown' | 'hidden' => {
  const withFilter = privilege === 'claimed' || privilege === 'withheld';
  const isFilter = roles.length > 0 && roles.every((role) => role === 'filter');
  if (withFilter) return isFilter ? 'shown' : 'hidden';
  return roles.some((role) => role === 'lead' || role === 'examiner') && !roles.includes('filter') ? 'shown' : 'hidden';
};
