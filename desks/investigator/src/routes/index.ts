import type { FastifyPluginAsync } from 'fastify';
import { archiveRoutes } from './archive/index.js';
import { caseRoutes } from './case/index.js';
import { orderRoutes } from './order/index.js';
import { packageRoutes } from './package/index.js';
import { referralRoutes } from './referral/index.js';
import { reportRoute } from './report.js';
import { reportsRoute } from './reports.js';
import type { RouteDeps } from './route-deps.js';
import { seizureRoutes } from './seizure/index.js';
import { serviceRoutes } from './service/index.js';

/** `/investigator/…` for the console; no address hands out the bytes of a file. */
export const investigatorRoutes =
  (deps: RouteDeps): FastifyPluginAsync =>
  async (server) => {
    const routes = [
      reportsRoute(deps.db) as FastifyPluginAsync,
      reportRoute(deps.db) as FastifyPluginAsync,
      ...referralRoutes(deps),
      ...caseRoutes(deps),
      ...seizureRoutes(deps),
      ...archiveRoutes(deps),
      ...serviceRoutes(deps),
      ...orderRoutes(deps),
      ...packageRoutes(deps),
    ];
    for (const route of routes) await server.register(route);
  };
