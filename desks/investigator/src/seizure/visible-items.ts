import type { Db } from '@tutela/db';
import type { Actor } from '@tutela/policy';
import {
  countVisible,
  findVisible,
  type ItemFilter,
  type ItemRow,
  type ItemWindow,
  selectVisible,
  type Whose,
} from './queries/visible-items.js';
import type { ItemId } from './schema.js';

/** How an item is named towards policy: freezes, the filter team, decisions. */
export const itemRef = (itemId: ItemId): string => `item/${itemId}`;

/** Whose items somebody may see: the filter team's or the others, as their roles are. Without a role, nobody's. */
export const whoseItems = ({ roles }: Pick<Actor, 'roles'>): Whose | undefined => {
  if (roles.length > 0 && roles.every((role) => role === 'filter')) return 'with-filter';
  const isOfTheCase = roles.some((role) => role === 'lead' || role === 'examiner') && !roles.includes('filter');
  return isOfTheCase ? 'without-filter' : undefined;
};

/**
 * Items as somebody may see them in a list, in the order of their ids: of authorities that are in force now, and of the
 * filter team's or of the others as the roles of the actor are. Whoever has no role in the case sees none.
 */
export const visibleItems = async (
  db: Db,
  actor: Actor,
  filter: ItemFilter & ItemWindow,
): Promise<readonly ItemRow[]> => {
  const whose = whoseItems(actor);
  return whose === undefined ? [] : selectVisible(db, filter, whose);
};

export const countVisibleItems = async (db: Db, actor: Actor, filter: ItemFilter): Promise<number> => {
  const whose = whoseItems(actor);
  return whose === undefined ? 0 : countVisible(db, filter, whose);
};

/** One of them, for whoever may see it. */
export const visibleItem = async (
  db: Db,
  actor: Actor,
  { caseRef, itemId }: { readonly caseRef: string; readonly itemId: ItemId },
): Promise<ItemRow | undefined> => {
  const whose = whoseItems(actor);
  return whose === undefined ? undefined : findVisible(db, caseRef, itemId, whose);
};
