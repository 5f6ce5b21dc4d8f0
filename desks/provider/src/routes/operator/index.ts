import type { FastifyPluginAsync } from 'fastify';
import type { OrderDeps } from '../../order/order-deps.js';
import { askReleaseRoute } from './ask-release.js';
import { checkScopeRoute } from './check-scope.js';
import { coverageRoute } from './coverage.js';
import { coverageDaysRoutes } from './coverage-days.js';
import { declineOrderRoute } from './decline-order.js';
import { listOrdersRoute } from './list-orders.js';
import { listRulesRoute } from './list-rules.js';
import { listSegmentsRoute } from './list-segments.js';
import { listSourcesRoute } from './list-sources.js';
import { orderHistoryRoute } from './order-history.js';
import { previewReleaseRoute } from './preview-release.js';
import { readinessRoutes } from './readiness.js';
import { releaseOrderRoute } from './release-order.js';
import { showOrderRoute } from './show-order.js';
import { statisticsRoute } from './statistics.js';

/** `/provider/…` for the operator: how the desk stands. Nothing here shows a handle, a name or who had an address. */
export const operatorRoutes =
  (deps: OrderDeps): FastifyPluginAsync =>
  async (server) => {
    const routes = [
      listSourcesRoute,
      listSegmentsRoute,
      coverageRoute,
      coverageDaysRoutes,
      listRulesRoute,
      listOrdersRoute,
      showOrderRoute,
      checkScopeRoute,
      orderHistoryRoute,
      askReleaseRoute,
      previewReleaseRoute,
      releaseOrderRoute,
      declineOrderRoute,
      statisticsRoute,
      readinessRoutes,
    ];
    for (const route of routes) await server.register(route(deps) as FastifyPluginAsync);
  };
