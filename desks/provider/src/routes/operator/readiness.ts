import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { dayParams } from '../../api/log.js';
import { readinessBody } from '../../api/readiness.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { dayReadiness } from '../../readiness/day-readiness.js';
import { pagePolicy, readinessPage } from '../../readiness/page.js';
import { readinessPdf } from '../../readiness/pdf.js';

/** `GET /provider/readiness/:day`, `…/page`, `…/page.pdf`: how often a question about that day could be answered. */
export const readinessRoutes =
  (deps: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: dayParams };
    const unknownDay = { code: 'day-not-kept', message: 'no log of public addresses of that day is kept' };
    const asJson = { ...schema, response: { 200: readinessBody } };
    server.get('/provider/readiness/:day', { schema: asJson }, async ({ params }, reply) => {
      const read = await dayReadiness(deps, params.day);
      return read.kind === 'done' ? (read.value as never) : refuse(reply, unknownDay);
    });
    server.get('/provider/readiness/:day/page', { schema }, async ({ params }, reply) => {
      const read = await dayReadiness(deps, params.day);
      if (read.kind !== 'done') return refuse(reply, unknownDay);
      reply.header('content-security-policy', pagePolicy);
      return await reply.type('text/html; charset=utf-8').send(readinessPage(read.value));
    });
    server.get('/provider/readiness/:day/page.pdf', { schema }, async ({ params }, reply) => {
      const read = await dayReadiness(deps, params.day);
      if (read.kind !== 'done') return refuse(reply, unknownDay);
      return await reply.type('application/pdf').send(await readinessPdf(read.value));
    });
  };
