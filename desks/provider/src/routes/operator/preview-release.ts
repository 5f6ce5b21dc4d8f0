import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import type { RequestDigest } from '@tutela/policy';
import { orderParams, releaseApproval, releasePreviewBody } from '../../api/order.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { previewRelease } from '../../order/preview-release.js';
import { outcomesOf } from './outcomes-of.js';

/** `POST /provider/orders/:orderId/preview`: what the release would tell; it needs the approvals of the release. */
export const previewReleaseRoute =
  (deps: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, body: releaseApproval, response: { 200: releasePreviewBody } };
    server.post('/provider/orders/:orderId/preview', { schema }, async (request, reply) => {
      const asked = { approval: request.body.approval as RequestDigest, by: personOf(request) };
      const found = await previewRelease(deps, request.params.orderId, asked);
      if (found.kind !== 'done') return refuse(reply, found.reason);
      const { answers, when, identities } = found.value;
      return { when, answers: [...answers] as never, outcomes: outcomesOf(answers), identities };
    });
  };
