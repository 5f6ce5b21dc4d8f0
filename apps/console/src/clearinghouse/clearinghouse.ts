import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeskNavigation } from '../app/navigation.js';
import { rootRoute } from '../app/root-route.js';
import { readListSearch } from './list/list-search.js';
import { readReferralsSearch } from './referral/referrals-search.js';
import { readComposeSearch } from './request/compose-search.js';
import { readPeriod } from './statistics/period.js';
import { readTriageSearch } from './triage/triage-search.js';

export const clearinghouseNavigation: DeskNavigation = {
  desk: 'clearinghouse',
  title: 'clearinghouse.desk',
  about: 'clearinghouse.about',
  items: [
    { to: '/desk/clearinghouse/triage', label: 'clearinghouse.triage.title', keys: 'g t' },
    { to: '/desk/clearinghouse/referrals', label: 'clearinghouse.referrals.title', keys: 'g r' },
    { to: '/desk/clearinghouse/authorities', label: 'clearinghouse.authorities.title' },
    { to: '/desk/clearinghouse/requests', label: 'clearinghouse.requests.title' },
    { to: '/desk/clearinghouse/lists', label: 'clearinghouse.lists.title', keys: 'g l' },
    { to: '/desk/clearinghouse/statistics', label: 'clearinghouse.statistics.title' },
  ],
};

const getParentRoute = () => rootRoute;

const triageRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/triage',
  validateSearch: readTriageSearch,
  component: lazyRouteComponent(() => import('./triage/triage-screen.js'), 'TriageScreen'),
});

const reportRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/reports/$report',
  component: lazyRouteComponent(() => import('./triage/report-screen.js'), 'ReportScreen'),
});

const bundleRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/bundles/$bundle',
  component: lazyRouteComponent(() => import('./triage/bundle-screen.js'), 'BundleScreen'),
});

const referralsRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/referrals',
  validateSearch: readReferralsSearch,
  component: lazyRouteComponent(() => import('./referral/referrals-screen.js'), 'ReferralsScreen'),
});

const referralRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/referrals/$referral',
  component: lazyRouteComponent(() => import('./referral/referral-screen.js'), 'ReferralScreen'),
});

const authoritiesRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/authorities',
  component: lazyRouteComponent(() => import('./referral/authorities-screen.js'), 'AuthoritiesScreen'),
});

const requestsRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/requests',
  component: lazyRouteComponent(() => import('./request/requests-screen.js'), 'RequestsScreen'),
});

const composeRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/requests/new',
  validateSearch: readComposeSearch,
  component: lazyRouteComponent(() => import('./request/compose-screen.js'), 'ComposeScreen'),
});

const requestRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/requests/$request',
  component: lazyRouteComponent(() => import('./request/request-screen.js'), 'RequestScreen'),
});

const listsRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/lists',
  component: lazyRouteComponent(() => import('./list/lists-screen.js'), 'ListsScreen'),
});

const listRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/lists/$list',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./list/list-screen.js'), 'ListScreen'),
});

const statisticsRoute = createRoute({
  getParentRoute,
  path: '/desk/clearinghouse/statistics',
  validateSearch: readPeriod,
  component: lazyRouteComponent(() => import('./statistics/statistics-screen.js'), 'StatisticsScreen'),
});

/** The screens of the desk. */
export const clearinghouseRoutes = [
  triageRoute,
  reportRoute,
  bundleRoute,
  referralsRoute,
  referralRoute,
  authoritiesRoute,
  requestsRoute,
  composeRoute,
  requestRoute,
  listsRoute,
  listRoute,
  statisticsRoute,
] as const;
