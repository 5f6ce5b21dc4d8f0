import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { orderBody, orderParams } from '../../api/order.js';
import { viewOrder } from '../../orders/order-view.js';
import type { OrderId } from '../../orders/schema.js';
import type { RouteDeps } from '../route-deps.js';

/** `GET /investigator/orders/:orderId`: an order with its answers as they stand in the case. */
export const showOrderRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, response: { 200: orderBody } };
    server.get('/investigator/orders/:orderId', { schema }, async ({ params }, reply) => {
      const view = await viewOrder(db, params.orderId as OrderId, clock.now());
      if (view !== undefined) return view as never;
      return refuse(reply, { code: 'order-unknown', message: `there is no order ${params.orderId}` });
    });
  };
