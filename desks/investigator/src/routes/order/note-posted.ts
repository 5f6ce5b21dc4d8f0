import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { orderParams, orderPosting, orderSummaryBody } from '../../api/order.js';
import { notePosted } from '../../orders/letter/note-posted.js';
import { summaryOf } from '../../orders/order-view.js';
import type { OrderId } from '../../orders/schema.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `POST /investigator/orders/:orderId/posted`: the letter of an approved order was posted, on that day, under that number. */
export const notePostedRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, body: orderPosting, response: { 200: orderSummaryBody } };
    server.post('/investigator/orders/:orderId/posted', { schema }, async (request, reply) => {
      const at = clock.now();
      const posting = { orderId: request.params.orderId as OrderId, ...request.body };
      const noted = await inTransaction(db, (tx) => notePosted(tx, posting, { by: personOf(request), at }));
      return noted.kind === 'done' ? told(summaryOf(noted.value, at)) : refuse(reply, noted.reason);
    });
  };
