import type { FastifyPluginAsync } from 'fastify';
import { listDeadlinesRoute } from './routes/list-deadlines.js';
import { listEventsRoute } from './routes/list-events.js';
import { listFilterRoute } from './routes/list-filter.js';
import { listFreezesRoute } from './routes/list-freezes.js';
import { listRolesRoute } from './routes/list-roles.js';
import type { OversightDeps } from './routes/oversight-deps.js';

/** `/oversight/…`, to read. */
export const oversightRoutes =
  (deps: OversightDeps): FastifyPluginAsync =>
  async (server) => {
    const routes = [listDeadlinesRoute, listFreezesRoute, listFilterRoute, listRolesRoute, listEventsRoute];
    for (const route of routes) await server.register(route(deps) as FastifyPluginAsync);
  };
