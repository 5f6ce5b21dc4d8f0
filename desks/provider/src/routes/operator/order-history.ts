import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { orderHistoryBody, orderParams } from '../../api/order.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { orderHistory } from '../../queries/order-history.js';

/** `GET /provider/orders/:orderId/history`: who did what to it, newest first. */
export const orderHistoryRoute =
  ({ db }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, response: { 200: orderHistoryBody } };
    server.get('/provider/orders/:orderId/history', { schema }, async ({ params }) => ({
      events: [...(await orderHistory(db, params.orderId))],
    }));
  };
