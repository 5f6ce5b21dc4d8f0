import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { linkedBody, reportLink } from '../../api/case.js';
import { caseParams } from '../../api/shape.js';
import { addReportToCase } from '../../case/cases.js';
import { findReportByNumber } from '../../case/queries.js';
import type { ReportId } from '../../schema.js';
import type { RouteDeps } from '../route-deps.js';

/** `POST /investigator/cases/:caseRef/reports`: links a report, or the one of a number that was imported last. */
export const linkReportRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: reportLink, response: { 200: linkedBody } };
    server.post('/investigator/cases/:caseRef/reports', { schema }, async (request, reply) => {
      const act = { caseRef: request.params.caseRef, by: personOf(request), at: clock.now() };
      const named = request.body;
      const reportId =
        'reportId' in named ? (named.reportId as ReportId) : await findReportByNumber(db, named.reportNumber);
      if (reportId === undefined)
        return refuse(reply, { code: 'unknown-report', message: 'there is no report of that number' });
      const linked = await inTransaction(db, (tx) => addReportToCase(tx, { ...act, reportId }));
      return linked.kind === 'done' ? { status: linked.value } : refuse(reply, linked.reason);
    });
  };
