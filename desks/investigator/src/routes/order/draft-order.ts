import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import type { AuthorityId } from '@tutela/policy';
import { orderSummaryBody, orderWish } from '../../api/order.js';
import { caseParams } from '../../api/shape.js';
import { draftOrder } from '../../orders/draft-order.js';
import { summaryOf } from '../../orders/order-view.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `POST /investigator/cases/:caseRef/orders`: from this provider's observations that a production order covers. */
export const draftOrderRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: orderWish, response: { 200: orderSummaryBody } };
    server.post('/investigator/cases/:caseRef/orders', { schema }, async (request, reply) => {
      const { authorityId, ...wish } = request.body;
      const asked = { ...wish, caseRef: request.params.caseRef, authorityId: authorityId as AuthorityId };
      const at = clock.now();
      const by = personOf(request);
      const drafted = await inTransaction(db, (tx) => draftOrder(tx, asked, { by, at }));
      return drafted.kind === 'done' ? told(summaryOf(drafted.value, at)) : refuse(reply, drafted.reason);
    });
  };
