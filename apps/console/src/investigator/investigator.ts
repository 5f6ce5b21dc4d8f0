import type { DeskNavigation } from '../app/navigation.js';

export const investigatorNavigation: DeskNavigation = {
  desk: 'investigator',
  title: 'investigator.desk',
  about: 'investigator.about',
  items: [],
};

/** The screens of the desk. */
export const investigatorRoutes = [] as const;
