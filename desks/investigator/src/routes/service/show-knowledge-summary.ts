import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { knowledgeSummaryBody } from '../../api/service.js';
import { caseParams } from '../../api/shape.js';
import { importCounts, noticeCounts, revenueByMonth } from '../../service/queries/answers.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/knowledge/summary`: notices, revenue by month, and how much of the records was read. */
export const showKnowledgeSummaryRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: knowledgeSummaryBody } };
    server.get('/investigator/cases/:caseRef/knowledge/summary', { schema }, async ({ params: { caseRef } }) => ({
      notices: told(await noticeCounts(db, caseRef)),
      revenue: told(await revenueByMonth(db, caseRef)),
      records: told(await importCounts(db, caseRef)),
    }));
  };
