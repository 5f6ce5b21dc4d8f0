import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeskNavigation } from '../app/navigation.js';
import { rootRoute } from '../app/root-route.js';
import { type LogTab, logTabs, type OrderFilter, orderFilters } from './states.js';

export const providerNavigation: DeskNavigation = {
  desk: 'provider',
  title: 'provider.desk',
  about: 'provider.about',
  items: [
    { to: '/desk/provider/orders', label: 'provider.orders.title', keys: 'g i' },
    { to: '/desk/provider/log', label: 'provider.log.title' },
    { to: '/desk/provider/readiness', label: 'provider.readiness.title' },
    { to: '/desk/provider/statistics', label: 'provider.statistics.title' },
  ],
};

type Search = Record<string, unknown>;
const dayIn = (search: Search, name: string): string | undefined => {
  const value = search[name];
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
};
const days = <Name extends string>(search: Search, ...names: readonly Name[]): { readonly [N in Name]?: string } =>
  Object.fromEntries(
    names.flatMap((name) => (dayIn(search, name) === undefined ? [] : [[name, dayIn(search, name)]])),
  ) as {
    readonly [N in Name]?: string;
  };

const ordersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/provider/orders',
  validateSearch: (search: Search): { readonly state: OrderFilter } => ({
    state: orderFilters.find((state) => state === search.state) ?? 'received',
  }),
  component: lazyRouteComponent(() => import('./order/orders-screen.js'), 'OrdersScreen'),
});

const orderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/provider/orders/$order',
  component: lazyRouteComponent(() => import('./order/order-screen.js'), 'OrderScreen'),
});

const logRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/provider/log',
  validateSearch: (search: Search): { readonly tab: LogTab; readonly to?: string; readonly day?: string } => ({
    tab: logTabs.find((tab) => tab === search.tab) ?? 'coverage',
    ...days(search, 'to', 'day'),
  }),
  component: lazyRouteComponent(() => import('./log/log-screen.js'), 'LogScreen'),
});

const readinessRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/provider/readiness',
  validateSearch: (search: Search): { readonly day?: string } => days(search, 'day'),
  component: lazyRouteComponent(() => import('./readiness/readiness-screen.js'), 'ReadinessScreen'),
});

const statisticsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/provider/statistics',
  validateSearch: (search: Search): { readonly from?: string; readonly to?: string } => days(search, 'from', 'to'),
  component: lazyRouteComponent(() => import('./statistics-screen.js'), 'StatisticsScreen'),
});

/** The screens of the desk. */
export const providerRoutes = [ordersRoute, orderRoute, logRoute, readinessRoute, statisticsRoute] as const;
