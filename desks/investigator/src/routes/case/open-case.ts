import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { caseBody, newCase } from '../../api/case.js';
import { openCase } from '../../case/cases.js';
import type { RouteDeps } from '../route-deps.js';
import { camel } from '../told.js';

/** `POST /investigator/cases` */
export const openCaseRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { body: newCase, response: { 200: caseBody } };
    server.post('/investigator/cases', { schema }, async (request, reply) => {
      const act = { ...request.body, by: personOf(request), at: clock.now() };
      const opened = await inTransaction(db, (tx) => openCase(tx, act));
      return opened.kind === 'done' ? camel(opened.value) : refuse(reply, opened.reason);
    });
  };
