import type { DeskNavigation } from '../app/navigation.js';

export const oversightNavigation: DeskNavigation = {
  desk: 'always',
  title: 'oversight.desk',
  about: 'oversight.about',
  items: [],
};

/** The screens of those who watch over the others. */
export const oversightRoutes = [] as const;
