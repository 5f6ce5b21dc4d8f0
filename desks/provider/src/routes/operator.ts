import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { JsonObject } from '@tutela/core';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { OrderDeps } from '../order/order-deps.js';
import { orderShown, ordersShown } from '../order/show-order.js';
import { dayReadiness } from '../readiness/day-readiness.js';
import { pagePolicy, readinessPage } from '../readiness/page.js';
import { readinessPdf } from '../readiness/pdf.js';
import { rulesShown } from '../rules/show-rules.js';
import { segmentsShown } from '../segments/show-segments.js';
import { sourcesShown } from '../source/show-sources.js';

const day = Type.Object({ day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }) });
const order = Type.Object({ orderId: Type.String({ format: 'uuid' }) });
const list = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })) });

/** `/provider/…` for the operator: how the desk stands. Nothing here shows a handle, a name or who had an address. */
export const operatorRoutes =
  (deps: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db, clock } = deps;
    server.get('/provider/sources', async () => ({ sources: await sourcesShown(db) }));
    server.get('/provider/segments', async () => ({ segments: await segmentsShown(db) }));
    server.get('/provider/rules', async () => ({ rules: await rulesShown(db) }));
    server.get('/provider/orders', { schema: { querystring: list } }, async ({ query }) => ({
      orders: await ordersShown(db, clock.now(), query.limit ?? 50),
    }));
    server.get('/provider/orders/:orderId', { schema: { params: order } }, async ({ params }, reply) =>
      found(reply, await orderShown(db, params.orderId, clock.now()), 'order-unknown'),
    );
    server.get('/provider/readiness/:day', { schema: { params: day } }, async ({ params }, reply) => {
      const read = await dayReadiness(deps, params.day);
      return found(reply, read.kind === 'done' ? read.value : undefined, 'day-not-kept');
    });
    server.get('/provider/readiness/:day/page', { schema: { params: day } }, async ({ params }, reply) => {
      const read = await dayReadiness(deps, params.day);
      if (read.kind !== 'done') return await notFound(reply, 'day-not-kept');
      reply.header('content-security-policy', pagePolicy);
      return await reply.type('text/html; charset=utf-8').send(readinessPage(read.value));
    });
    server.get('/provider/readiness/:day/page.pdf', { schema: { params: day } }, async ({ params }, reply) => {
      const read = await dayReadiness(deps, params.day);
      if (read.kind !== 'done') return await notFound(reply, 'day-not-kept');
      return await reply.type('application/pdf').send(await readinessPdf(read.value));
    });
  };

const found = async (reply: FastifyReply, value: object | undefined, code: string): Promise<object> =>
  value ?? (await notFound(reply, code));

const notFound = (reply: FastifyReply, code: string): FastifyReply =>
  reply.code(404).send({ code, message: 'there is no such thing' } satisfies JsonObject);
