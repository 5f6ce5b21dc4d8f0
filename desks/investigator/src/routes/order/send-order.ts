import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import type { RequestDigest } from '@tutela/policy';
import { orderParams, orderSending, orderSummaryBody } from '../../api/order.js';
import { summaryOf } from '../../orders/order-view.js';
import type { OrderId } from '../../orders/schema.js';
import { sendOrder } from '../../orders/send-order.js';
import { engineOf, type RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `POST /investigator/orders/:orderId/send`: uses the approval and starts on its way, all or nothing. */
export const sendOrderRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, body: orderSending, response: { 200: orderSummaryBody } };
    server.post('/investigator/orders/:orderId/send', { schema }, async (request, reply) => {
      const at = deps.clock.now();
      const by = personOf(request);
      const of = { orderId: request.params.orderId as OrderId, digest: request.body.approval as RequestDigest };
      const sent = await inTransaction(deps.db, (tx) => sendOrder(tx, engineOf(deps), of, { by, at }));
      return sent.kind === 'done' ? told(summaryOf(sent.value, at)) : refuse(reply, sent.reason);
    });
  };
