import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { coverageBody } from '../../api/log.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { readCoverage } from '../../queries/coverage.js';

/** `GET /provider/coverage`: what is kept by exporter, and the days with gaps. */
export const coverageRoute =
  ({ db }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get('/provider/coverage', { schema: { response: { 200: coverageBody } } }, async () => ({
      exporters: (await readCoverage(db)).map((each) => ({ ...each, daysWithGaps: [...each.daysWithGaps] })),
    }));
  };
