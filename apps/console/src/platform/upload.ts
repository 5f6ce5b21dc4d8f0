import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../app/root-route.js';

/** Where somebody stands in for a service. */
export const uploadRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/platform/upload',
  component: lazyRouteComponent(() => import('./upload-screen.js'), 'UploadScreen'),
});
