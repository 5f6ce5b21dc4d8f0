import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { AskedObservation } from '@tutela/attribution/exchange';
import { refuse } from '@tutela/http';
import {
  type ReportAddressesBody,
  reportAddressesBody,
  reportAddressParams,
  reportStatement,
} from '../../api/order.js';
import { gradeOf } from '../../orders/grade.js';
import { type ReadAddress, readObservedInReport, type TakenReport } from '../../orders/observed-in-report.js';
import type { ReportId } from '../../schema.js';
import type { RouteDeps } from '../route-deps.js';
import { readStatement } from './report-statement.js';

/**
 * `GET /investigator/cases/:caseRef/reports/:reportId/addresses`: what taking the addresses over would make of each, and
 * why not of some; once they were taken over, what it made of them by what was stated then. Nothing is written.
 */
export const showReportAddressesRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const params = reportAddressParams;
    const schema = { params, querystring: reportStatement, response: { 200: reportAddressesBody } };
    server.get('/investigator/cases/:caseRef/reports/:reportId/addresses', { schema }, async (request, reply) => {
      const { caseRef, reportId: report } = request.params;
      const reportId = report as ReportId;
      const read = await readObservedInReport(db, { caseRef, reportId, ...readStatement(request.query) });
      if (read === undefined)
        return refuse(reply, { code: 'unknown-report', message: `case ${caseRef} has no report ${reportId}` });
      const { number: reportNumber, documentSha256, taken, addresses } = read;
      return {
        reportNumber,
        documentSha256,
        taken: taken === undefined ? null : takenView(taken),
        addresses: addresses.map(addressView),
      };
    });
  };

const takenView = ({ at, by, usable, refused, statement }: TakenReport): NonNullable<ReportAddressesBody['taken']> => {
  const { proto: protocol, clockErrorSeconds: clockError, settings } = statement;
  return { at, by, usable, refused, stated: { protocol, clockError, documentation: settings.documentation } };
};

const addressView = ({ stated, repeats, row }: ReadAddress): ReportAddressesBody['addresses'][number] => {
  const said = { place: stated.ordinal, owner: stated.owner, address: stated.value, port: stated.port };
  const of = { ...said, stated: stated.stated_at };
  if (repeats !== null) return { ...of, becomes: 'repeated', grade: null, code: null, repeats };
  if (typeof row.asked !== 'string')
    return { ...of, becomes: 'refused', grade: null, code: row.code ?? null, repeats: null };
  const { clock } = JSON.parse(row.asked) as AskedObservation;
  const grade = gradeOf({ ip: row.ip ?? null, port: row.port ?? null, clock, typed: 'confirmed' });
  return { ...of, becomes: 'observation', grade, code: null, repeats: null };
};
