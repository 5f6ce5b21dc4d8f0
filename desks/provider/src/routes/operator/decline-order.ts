import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { declinedBody, declining, orderParams } from '../../api/order.js';
import { declineOrder } from '../../order/decline-order.js';
import type { OrderDeps } from '../../order/order-deps.js';

/** `POST /provider/orders/:orderId/decline`: the agency reads the reason. Nothing was read for it. */
export const declineOrderRoute =
  (deps: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, body: declining, response: { 200: declinedBody } };
    server.post('/provider/orders/:orderId/decline', { schema }, async (request, reply) => {
      const declined = { by: personOf(request), reason: request.body.reason };
      const done = await declineOrder(deps, request.params.orderId, declined);
      return done.kind === 'done' ? { state: 'declined' as const } : refuse(reply, done.reason);
    });
  };
