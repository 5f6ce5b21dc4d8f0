import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeskNavigation } from '../app/navigation.js';
import { rootRoute } from '../app/root-route.js';
import { type MatchState, matchStates } from './match-states.js';

export const platformNavigation: DeskNavigation = {
  desk: 'platform',
  title: 'platform.desk',
  about: 'platform.about',
  items: [{ to: '/desk/platform/matches', label: 'platform.matches.title', keys: 'g m' }],
};

export interface MatchesSearch {
  readonly state: MatchState;
  readonly account?: string;
}

const matchesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/matches',
  validateSearch: (search: Record<string, unknown>): MatchesSearch => ({
    state: matchStates.find((state) => state === search.state) ?? 'waiting',
    ...(typeof search.account === 'string' && { account: search.account }),
  }),
  component: lazyRouteComponent(() => import('./matches-screen.js'), 'MatchesScreen'),
});

const matchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/matches/$match',
  component: lazyRouteComponent(() => import('./match-screen.js'), 'MatchScreen'),
});

/** The screens of the desk. */
export const platformRoutes = [matchesRoute, matchRoute] as const;
