import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { orderParams, releaseAskedBody, releaseAsking } from '../../api/order.js';
import { askRelease } from '../../order/ask-release.js';
import type { OrderDeps } from '../../order/order-deps.js';

/** `POST /provider/orders/:orderId/ask`: puts an order up: two others approve its very digest. */
export const askReleaseRoute =
  (deps: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, body: releaseAsking, response: { 200: releaseAskedBody } };
    server.post('/provider/orders/:orderId/ask', { schema }, async (request, reply) => {
      const by = personOf(request);
      const asked = await askRelease(deps, request.params.orderId, { by, reason: request.body.reason });
      if (asked.kind !== 'done') return refuse(reply, asked.reason);
      return { digest: asked.value.digest, needed: asked.value.needed };
    });
  };
