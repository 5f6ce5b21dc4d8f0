import type { DeskNavigation } from '../app/navigation.js';

export const providerNavigation: DeskNavigation = {
  desk: 'provider',
  title: 'provider.desk',
  about: 'provider.about',
  items: [],
};

/** The screens of the desk. */
export const providerRoutes = [] as const;
