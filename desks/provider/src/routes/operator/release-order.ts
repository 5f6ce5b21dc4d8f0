import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import type { RequestDigest } from '@tutela/policy';
import { orderParams, releaseApproval, releasedBody } from '../../api/order.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { releaseOrder } from '../../order/release-order.js';
import { outcomesOf } from './outcomes-of.js';

/** `POST /provider/orders/:orderId/release`: answers an approved order, once. The agency fetches it; here stand numbers. */
export const releaseOrderRoute =
  (deps: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, body: releaseApproval, response: { 200: releasedBody } };
    server.post('/provider/orders/:orderId/release', { schema }, async (request, reply) => {
      const asked = { approval: request.body.approval as RequestDigest, by: personOf(request) };
      const released = await releaseOrder(deps, request.params.orderId, asked);
      if (released.kind !== 'done') return refuse(reply, released.reason);
      const { when, document, identities } = released.value;
      return { when, outcomes: outcomesOf(document.answers.map((answer) => answer.released)), identities };
    });
  };
