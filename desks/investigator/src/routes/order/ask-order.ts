import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { orderAskedBody, orderAsking, orderParams } from '../../api/order.js';
import type { OrderId } from '../../orders/schema.js';
import { askToSend } from '../../orders/send-order.js';
import type { RouteDeps } from '../route-deps.js';

/** `POST /investigator/orders/:orderId/ask`: puts it up for two people besides the one who asks. */
export const askOrderRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, body: orderAsking, response: { 200: orderAskedBody } };
    server.post('/investigator/orders/:orderId/ask', { schema }, async (request, reply) => {
      const of = { orderId: request.params.orderId as OrderId, reason: request.body.reason };
      const by = { by: personOf(request), at: clock.now() };
      const asked = await inTransaction(db, (tx) => askToSend(tx, of, by));
      return asked.kind === 'done' ? { ...asked.value } : refuse(reply, asked.reason);
    });
  };
