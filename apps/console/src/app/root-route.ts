import { createRootRoute } from '@tanstack/react-router';

/** What every screen hangs under; the shell around it is set where the router is made. */
export const rootRoute = createRootRoute();
