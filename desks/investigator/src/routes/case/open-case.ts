import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { caseBody, newCase } from '../../api/case.js';
import { openCase } from '../../case/cases.js';
import type { ReportId } from '../../schema.js';
import type { RouteDeps } from '../route-deps.js';
import { camel } from '../told.js';

/** `POST /investigator/cases`: with a report of the desk, where one is named. */
export const openCaseRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { body: newCase, response: { 200: caseBody } };
    server.post('/investigator/cases', { schema }, async (request, reply) => {
      const { caseRef, title, reportId } = request.body;
      const by = { by: personOf(request), at: clock.now() };
      const asked = { caseRef, title, ...(reportId && { reportId: reportId as ReportId }), ...by };
      const opened = await inTransaction(db, (tx) => openCase(tx, asked));
      return opened.kind === 'done' ? camel(opened.value) : refuse(reply, opened.reason);
    });
  };
