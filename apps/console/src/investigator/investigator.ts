import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeskNavigation } from '../app/navigation.js';
import { rootRoute } from '../app/root-route.js';
import { readArchivesSearch } from './archives/archive-states.js';
import { type CaseTab, caseTabs } from './case/case-tabs.js';
import { readReferralsSearch } from './referrals/referral-states.js';
import { readItemsSearch, readMatchesSearch, readStacksSearch } from './seizure/searches.js';
import { readKnowledgeSearch } from './service/knowledge-kinds.js';

export const investigatorNavigation: DeskNavigation = {
  desk: 'investigator',
  title: 'investigator.desk',
  about: 'investigator.about',
  items: [
    { to: '/desk/investigator/referrals', label: 'investigator.referrals.title', keys: 'g f' },
    { to: '/desk/investigator/cases', label: 'investigator.cases.title', keys: 'g c' },
  ],
};

const getParentRoute = () => rootRoute;
type Search = Record<string, unknown>;

const referralsRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/referrals',
  validateSearch: readReferralsSearch,
  component: lazyRouteComponent(() => import('./referrals/referrals-screen.js'), 'ReferralsScreen'),
});
const referralRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/referrals/$report',
  component: lazyRouteComponent(() => import('./referrals/report-screen.js'), 'ReportScreen'),
});
const casesRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases',
  component: lazyRouteComponent(() => import('./case/cases-screen.js'), 'CasesScreen'),
});
const caseRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case',
  validateSearch: (search: Search): { readonly tab?: CaseTab } => {
    const tab = caseTabs.find((one) => one === search.tab);
    return tab === undefined ? {} : { tab };
  },
  component: lazyRouteComponent(() => import('./case/case-screen.js'), 'CaseScreen'),
});
const enterAuthorityRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/authorities/new',
  component: lazyRouteComponent(() => import('./authority/enter-authority-screen.js'), 'EnterAuthorityScreen'),
});
const seizureRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/seizure',
  component: lazyRouteComponent(() => import('./seizure/seizure-screen.js'), 'SeizureScreen'),
});
const itemsRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/items',
  validateSearch: readItemsSearch,
  component: lazyRouteComponent(() => import('./seizure/items-screen.js'), 'ItemsScreen'),
});
const itemRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/items/$item',
  component: lazyRouteComponent(() => import('./seizure/item-screen.js'), 'ItemScreen'),
});
const stacksRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/stacks',
  validateSearch: readStacksSearch,
  component: lazyRouteComponent(() => import('./seizure/stacks-screen.js'), 'StacksScreen'),
});
const matchesRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/matches',
  validateSearch: readMatchesSearch,
  component: lazyRouteComponent(() => import('./seizure/matches-screen.js'), 'MatchesScreen'),
});
const archivesRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/archives',
  validateSearch: readArchivesSearch,
  component: lazyRouteComponent(() => import('./archives/archives-screen.js'), 'ArchivesScreen'),
});
const archiveRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/archives/$set',
  component: lazyRouteComponent(() => import('./archives/archive-screen.js'), 'ArchiveScreen'),
});
const usersRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/users',
  validateSearch: (search: Search): { readonly country?: string } =>
    typeof search.country === 'string' && search.country !== '' ? { country: search.country } : {},
  component: lazyRouteComponent(() => import('./service/users-screen.js'), 'UsersScreen'),
});
const accountsRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/accounts',
  component: lazyRouteComponent(() => import('./service/accounts-screen.js'), 'AccountsScreen'),
});
const accountRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/accounts/$account',
  component: lazyRouteComponent(() => import('./service/account-screen.js'), 'AccountScreen'),
});
const knowledgeRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/knowledge',
  validateSearch: readKnowledgeSearch,
  component: lazyRouteComponent(() => import('./service/knowledge-screen.js'), 'KnowledgeScreen'),
});
const addressesRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/reports/$report/addresses',
  component: lazyRouteComponent(() => import('./orders/addresses-screen.js'), 'AddressesScreen'),
});
const ordersRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/orders',
  component: lazyRouteComponent(() => import('./orders/orders-screen.js'), 'OrdersScreen'),
});
const askRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/ask/$provider',
  component: lazyRouteComponent(() => import('./orders/ask-screen.js'), 'AskScreen'),
});
const orderRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/orders/$order',
  component: lazyRouteComponent(() => import('./orders/order-screen.js'), 'OrderScreen'),
});
const packagesRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/packages',
  component: lazyRouteComponent(() => import('./packages/packages-screen.js'), 'PackagesScreen'),
});
const packageRoute = createRoute({
  getParentRoute,
  path: '/desk/investigator/cases/$case/packages/$package',
  component: lazyRouteComponent(() => import('./packages/package-screen.js'), 'PackageScreen'),
});

/** The screens of the desk. */
export const investigatorRoutes = [
  referralsRoute,
  referralRoute,
  casesRoute,
  caseRoute,
  enterAuthorityRoute,
  seizureRoute,
  itemsRoute,
  itemRoute,
  stacksRoute,
  matchesRoute,
  archivesRoute,
  archiveRoute,
  usersRoute,
  accountsRoute,
  accountRoute,
  knowledgeRoute,
  addressesRoute,
  ordersRoute,
  askRoute,
  orderRoute,
  packagesRoute,
  packageRoute,
] as const;
