import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { caseBody, caseClosing } from '../../api/case.js';
import { caseParams } from '../../api/shape.js';
import { closeCase } from '../../case/cases.js';
import type { RouteDeps } from '../route-deps.js';
import { camel } from '../told.js';

/** `POST /investigator/cases/:caseRef/close` */
export const closeCaseRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: caseClosing, response: { 200: caseBody } };
    server.post('/investigator/cases/:caseRef/close', { schema }, async (request, reply) => {
      const act = { ...request.body, by: personOf(request), at: clock.now() };
      const closed = await inTransaction(db, (tx) => closeCase(tx, request.params.caseRef, act));
      return closed.kind === 'done' ? camel(closed.value) : refuse(reply, closed.reason);
    });
  };
