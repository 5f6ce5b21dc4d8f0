import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import type { ReportId } from '../schema.js';
import { reportBody } from '../view/report-body.js';
import { viewReport } from '../view/report-view.js';

const notFound = Type.Object({ code: Type.Literal('report-unknown'), message: Type.String() });

/** `GET /investigator/reports/:reportId`: what was delivered, and what its bytes are to what it states; never bytes. */
export const reportRoute =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/investigator/reports/:reportId',
      {
        schema: {
          params: Type.Object({ reportId: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }) }),
          response: { 200: reportBody, 404: notFound },
        },
      },
      async ({ params }, reply) => {
        const view = await viewReport(db, params.reportId as ReportId);
        if (view !== undefined) return view;
        return await reply.code(404).send({ code: 'report-unknown', message: `no report ${params.reportId}` });
      },
    );
  };
