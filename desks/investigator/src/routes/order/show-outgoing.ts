import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { orderParams, outgoingBody } from '../../api/order.js';
import { emailText } from '../../orders/letter/letter-text.js';
import { letterInputOf } from '../../orders/order-view.js';
import { findOrder } from '../../orders/queries.js';
import type { OrderId } from '../../orders/schema.js';
import type { RouteDeps } from '../route-deps.js';

/** `GET /investigator/orders/:orderId/outgoing`: letter by letter what the provider is sent. */
export const showOutgoingRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, response: { 200: outgoingBody } };
    server.get('/investigator/orders/:orderId/outgoing', { schema }, async ({ params }, reply) => {
      const orderId = params.orderId as OrderId;
      const order = await findOrder(db, orderId);
      if (order === undefined) return refuse(reply, { code: 'order-unknown', message: `there is no order ${orderId}` });
      const letter = order.way === 'letter' ? await letterInputOf(db, orderId) : undefined;
      const { way, document, sha256 } = order;
      return { orderId, way, text: document, sha256, letter: letter === undefined ? null : { ...emailText(letter) } };
    });
  };
