import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readWindow } from '@tutela/window';
import { ordersBody, ordersQuery } from '../../api/order.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { orderLine } from '../../order/show-order.js';
import { countOrders, windowOfOrders } from '../../queries/orders.js';

/** `GET /provider/orders`: newest first. */
export const listOrdersRoute =
  ({ db, clock }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: ordersQuery, response: { 200: ordersBody } };
    server.get('/provider/orders', { schema }, async ({ query: { state, ...asked } }) => {
      const found = await readWindow(
        {
          read: (stretch) => windowOfOrders(db, state, stretch),
          count: () => countOrders(db, state),
          keyOf: ({ received_at, order_id }) => [received_at, order_id],
          keyLength: 2,
        },
        asked,
      );
      const at = clock.now();
      return { ...found, rows: found.rows.map((row) => orderLine(row, at)) };
    });
  };
