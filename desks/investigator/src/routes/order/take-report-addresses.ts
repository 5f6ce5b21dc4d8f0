import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { reportAddressParams, reportStatement, reportTakenBody } from '../../api/order.js';
import { importObservedInReport } from '../../orders/observed-in-report.js';
import type { ReportId } from '../../schema.js';
import type { RouteDeps } from '../route-deps.js';
import { readStatement } from './report-statement.js';

/** `POST /investigator/cases/:caseRef/reports/:reportId/addresses`: makes observations of them, once for each report. */
export const takeReportAddressesRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: reportAddressParams, body: reportStatement, response: { 200: reportTakenBody } };
    server.post('/investigator/cases/:caseRef/reports/:reportId/addresses', { schema }, async (request, reply) => {
      const { caseRef, reportId } = request.params;
      const by = { by: personOf(request), at: clock.now() };
      const asked = { caseRef, reportId: reportId as ReportId, ...readStatement(request.body) };
      const taken = await inTransaction(db, (tx) => importObservedInReport(tx, asked, by));
      return taken.kind === 'done' ? { ...taken.value, codes: { ...taken.value.codes } } : refuse(reply, taken.reason);
    });
  };
