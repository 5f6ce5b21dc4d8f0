import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeskNavigation } from '../app/navigation.js';
import { rootRoute } from '../app/root-route.js';
import { type MatchState, matchStates } from './match-states.js';
import { readReportsSearch } from './report-search.js';
import { readStackSearch } from './stack-search.js';

export const platformNavigation: DeskNavigation = {
  desk: 'platform',
  title: 'platform.desk',
  about: 'platform.about',
  items: [
    { to: '/desk/platform', label: 'platform.standing.title', keys: 'g p' },
    { to: '/desk/platform/stacks', label: 'platform.stacks.title', keys: 'g s' },
    { to: '/desk/platform/matches', label: 'platform.matches.title', keys: 'g m' },
    { to: '/desk/platform/draft', label: 'platform.draft.title', keys: 'g d' },
    { to: '/desk/platform/reports', label: 'platform.reports.title', keys: 'g r' },
    { to: '/desk/platform/lists', label: 'platform.lists.title', keys: 'g l' },
    { to: '/desk/platform/upload', label: 'platform.upload.title', keys: 'g u' },
  ],
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

const standingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform',
  component: lazyRouteComponent(() => import('./standing-screen.js'), 'StandingScreen'),
});

const stacksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/stacks',
  validateSearch: readStackSearch,
  component: lazyRouteComponent(() => import('./stacks-screen.js'), 'StacksScreen'),
});

const stackRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/stacks/$stack',
  validateSearch: readStackSearch,
  component: lazyRouteComponent(() => import('./stack-screen.js'), 'StackScreen'),
});

const draftRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/draft',
  validateSearch: ({ account }: Record<string, unknown>): { readonly account: string } => ({
    account: typeof account === 'string' || typeof account === 'number' ? String(account) : '',
  }),
  component: lazyRouteComponent(() => import('./draft-screen.js'), 'DraftScreen'),
});

const reportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/reports',
  validateSearch: readReportsSearch,
  component: lazyRouteComponent(() => import('./reports-screen.js'), 'ReportsScreen'),
});

const reportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/reports/$report',
  component: lazyRouteComponent(() => import('./report-screen.js'), 'ReportScreen'),
});

const listsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/lists',
  component: lazyRouteComponent(() => import('./lists-screen.js'), 'ListsScreen'),
});

/** The screens of the desk. */
export const platformRoutes = [
  standingRoute,
  stacksRoute,
  stackRoute,
  matchesRoute,
  matchRoute,
  draftRoute,
  reportsRoute,
  reportRoute,
  listsRoute,
] as const;
