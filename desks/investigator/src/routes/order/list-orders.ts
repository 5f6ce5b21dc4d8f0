import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ordersBody, ordersQuery } from '../../api/order.js';
import { listOrderSummaries } from '../../orders/order-view.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/orders`: of one case or of all, newest first, a thousand at most. */
export const listOrdersRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: ordersQuery, response: { 200: ordersBody } };
    server.get('/investigator/orders', { schema }, async ({ query }) => ({
      orders: told(await listOrderSummaries(db, query.case, clock.now())),
    }));
  };
