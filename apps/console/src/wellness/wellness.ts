import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeskNavigation } from '../app/navigation.js';
import { rootRoute } from '../app/root-route.js';

export const wellnessNavigation: DeskNavigation = {
  desk: 'always',
  title: 'common.me.desk',
  about: 'common.me.about',
  items: [{ to: '/desk/me', label: 'common.me.title', keys: 'g y' }],
};

const meRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/me',
  component: lazyRouteComponent(() => import('./me-screen.js'), 'MeScreen'),
});

export const wellnessRoutes = [meRoute] as const;
