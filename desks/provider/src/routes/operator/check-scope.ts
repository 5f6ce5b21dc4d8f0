import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { orderParams, scopeCheckBody } from '../../api/order.js';
import { type CheckedQuestion, checkScope } from '../../order/check-scope.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { unknownOrder } from './unknown-order.js';

/** `GET /provider/orders/:orderId/scope`: each question against what the order covers. Nothing is looked up. */
export const checkScopeRoute =
  ({ db, clock }: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: orderParams, response: { 200: scopeCheckBody } };
    server.get('/provider/orders/:orderId/scope', { schema }, async ({ params }, reply) => {
      const questions = await checkScope(db, params.orderId, clock.now());
      if (questions === undefined) return refuse(reply, unknownOrder);
      const covered = questions.filter(({ scope }) => scope === 'covered').length;
      return { covered, questions: questions.map(questionView) };
    });
  };

const questionView = ({ ordinal, asked, scope, reason, segments, gaps }: CheckedQuestion) => ({
  ordinal,
  ip: asked.ip,
  port: asked.port ?? null,
  protocol: asked.proto ?? null,
  from: asked.from.utc,
  to: asked.to?.utc ?? asked.from.utc,
  clockErrorSeconds: asked.clock.errorSeconds,
  entry: asked.entry,
  sourceDocument: asked.sourceDocument,
  scope,
  reason,
  segments,
  gaps,
});
