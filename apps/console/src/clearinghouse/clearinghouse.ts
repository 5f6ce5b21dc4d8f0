import type { DeskNavigation } from '../app/navigation.js';

export const clearinghouseNavigation: DeskNavigation = {
  desk: 'clearinghouse',
  title: 'clearinghouse.desk',
  about: 'clearinghouse.about',
  items: [],
};

/** The screens of the desk. */
export const clearinghouseRoutes = [] as const;
