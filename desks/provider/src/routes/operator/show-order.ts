import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { orderBody, orderParams } from '../../api/order.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { orderShown } from '../../order/show-order.js';
import { unknownOrder } from './unknown-order.js';

/** `GET /provider/orders/:orderId`: what a clerk reads before putting an order up, and how each question ended. */
export const showOrderRoute =
  ({ db, clock }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, response: { 200: orderBody } };
    server.get('/provider/orders/:orderId', { schema }, async ({ params }, reply) => {
      const shown = await orderShown(db, params.orderId, clock.now());
      return shown === undefined ? refuse(reply, unknownOrder) : (shown as never);
    });
  };
