import { createRouter } from '@tanstack/react-router';
import { clearinghouseRoutes } from '../clearinghouse/clearinghouse.js';
import { FailedState } from '../design/index.js';
import { investigatorRoutes } from '../investigator/investigator.js';
import { oversightRoutes } from '../oversight/oversight.js';
import { overviewRoute } from '../overview/overview.js';
import { platformRoutes } from '../platform/platform.js';
import { uploadRoute } from '../platform/upload.js';
import { providerRoutes } from '../provider/provider.js';
import { wellnessRoutes } from '../wellness/wellness.js';
import { NotFound } from './not-found.js';
import { rootRoute } from './root-route.js';
import { Shell } from './shell.js';

rootRoute.update({ component: Shell });

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    overviewRoute,
    ...platformRoutes,
    uploadRoute,
    ...clearinghouseRoutes,
    ...investigatorRoutes,
    ...providerRoutes,
    ...oversightRoutes,
    ...wellnessRoutes,
  ]),
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: ({ error, reset }) => <FailedState problem={error} onRetry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
