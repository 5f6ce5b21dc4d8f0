import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeskNavigation } from '../app/navigation.js';
import { rootRoute } from '../app/root-route.js';
import { type CasesTab, casesTabs, type LooksTab, looksTabs } from './tabs.js';

export const oversightNavigation: DeskNavigation = {
  desk: 'always',
  title: 'oversight.desk',
  about: 'oversight.about',
  items: [
    { to: '/desk/oversight/approvals', label: 'oversight.approvals.title', keys: 'g a' },
    { to: '/desk/oversight/ledger', label: 'oversight.ledger.title' },
    { to: '/desk/oversight/events', label: 'oversight.events.title', keys: 'g e' },
    { to: '/desk/oversight/cases', label: 'oversight.cases.title' },
    { to: '/desk/oversight/looks', label: 'oversight.looks.title' },
    { to: '/desk/oversight/verify', label: 'oversight.verify.title' },
  ],
};

type Search = Record<string, unknown>;
/** The members of an address that are text and not empty. */
const texts = <Name extends string>(search: Search, ...names: readonly Name[]): { readonly [N in Name]?: string } =>
  Object.fromEntries(
    names.flatMap((name) => (typeof search[name] === 'string' && search[name] !== '' ? [[name, search[name]]] : [])),
  ) as { readonly [N in Name]?: string };

const approvalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/oversight/approvals',
  component: lazyRouteComponent(() => import('./approvals/approvals-screen.js'), 'ApprovalsScreen'),
});

const ledgerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/oversight/ledger',
  component: lazyRouteComponent(() => import('./ledger/ledger-screen.js'), 'LedgerScreen'),
});

const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/oversight/events',
  validateSearch: (search: Search): { readonly case?: string; readonly type?: string } => texts(search, 'case', 'type'),
  component: lazyRouteComponent(() => import('./ledger/events-screen.js'), 'EventsScreen'),
});

const casesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/oversight/cases',
  validateSearch: (search: Search): { readonly tab: CasesTab } => ({
    tab: casesTabs.find((tab) => tab === search.tab) ?? 'deadlines',
  }),
  component: lazyRouteComponent(() => import('./cases/cases-screen.js'), 'CasesScreen'),
});

export interface LooksSearch {
  readonly tab: LooksTab;
  readonly desk?: string;
  readonly person?: string;
  readonly subject?: string;
}

const looksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/oversight/looks',
  validateSearch: (search: Search): LooksSearch => ({
    tab: looksTabs.find((tab) => tab === search.tab) ?? 'looks',
    ...texts(search, 'desk', 'person', 'subject'),
  }),
  component: lazyRouteComponent(() => import('./looks/looks-screen.js'), 'LooksScreen'),
});

const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/oversight/verify',
  component: lazyRouteComponent(() => import('./verify-screen.js'), 'VerifyScreen'),
});

/** The screens of those who watch over the others. */
export const oversightRoutes = [approvalsRoute, ledgerRoute, eventsRoute, casesRoute, looksRoute, verifyRoute] as const;
