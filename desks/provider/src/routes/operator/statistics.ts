import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { statisticsBody, statisticsQuery } from '../../api/order.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { readStatistics } from '../../queries/statistics.js';

/** `GET /provider/statistics?from=&to=`: numbers for a transparency report. */
export const statisticsRoute =
  ({ db, clock }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: statisticsQuery, response: { 200: statisticsBody } };
    server.get('/provider/statistics', { schema }, async ({ query: { from, to } }) => {
      const period = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      return { from: from ?? null, to: to ?? null, ...(await readStatistics(db, period, clock.now())) };
    });
  };
