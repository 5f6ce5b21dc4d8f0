export type { ExposureDeps, Looker, LookSubject } from './deps.js';
export { exposureRoutes } from './exposure-routes.js';
export { type LookPlace, lookRoutes } from './look-routes.js';
