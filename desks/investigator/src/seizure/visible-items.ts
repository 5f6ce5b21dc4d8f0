import type { Db } from '@tutela/db';
import type { Actor } from '@tutela/policy';
import { type ItemFilter, type ItemRow, selectVisible } from './queries/visible-items.js';
import type { ItemId } from './schema.js';

/** How an item is named towards policy: freezes, the filter team, decisions. */
export const itemRef = (itemId: ItemId): string => `item/${itemId}`;

/**
 * Items as somebody may see them in a list, in the order of their ids: of authorities that are in force now, and of the
 * filter team's or of the others as the roles of the actor are. Whoever has no role in the case sees none.
 */
export const visibleItems = async (
  db: Db,
  { roles }: Actor,
  filter: ItemFilter & { readonly limit: number },
): Promise<readonly ItemRow[]> => {
  if (roles.length > 0 && roles.every((role) => role === 'filter')) return selectVisible(db, filter, 'with-filter');
  const isOfTheCase = roles.some((role) => role === 'lead' || role === 'examiner') && !roles.includes('filter');
  return isOfTheCase ? selectVisible(db, filter, 'without-filter') : [];
};
