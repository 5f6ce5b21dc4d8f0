import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { previewBody, previewQuery } from '../../api/order.js';
import { caseParams } from '../../api/shape.js';
import { previewOrder } from '../../orders/preview.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/observations/preview?provider=`: what asking a provider will yield at best. */
export const previewOrderRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: previewQuery, response: { 200: previewBody } };
    server.get('/investigator/cases/:caseRef/observations/preview', { schema }, async ({ params, query }, reply) => {
      const outcome = await previewOrder(db, { caseRef: params.caseRef, providerId: query.provider });
      if (outcome.kind !== 'done') return refuse(reply, outcome.reason);
      const { unconfirmed, ...preview } = outcome.value;
      return { ...told(preview), unconfirmed: unconfirmed.length };
    });
  };
