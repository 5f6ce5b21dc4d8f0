import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { nullable } from '../api/shape.js';
import { listReports } from '../queries/listing.js';
import { reportSummaryBody } from '../view/report-body.js';
import { summaryView } from '../view/report-view.js';

const place = Type.Integer({ minimum: 1 });

/** `GET /investigator/reports`: the latest import first; `next` is the `before` of the following page. */
export const reportsRoute =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/investigator/reports',
      {
        schema: {
          querystring: Type.Object({
            before: Type.Optional(place),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
          }),
          response: { 200: Type.Object({ reports: Type.Array(reportSummaryBody), next: nullable(place) }) },
        },
      },
      async ({ query: { before, limit = 50 } }) => {
        const rows = await listReports(db, { limit, ...(before === undefined ? {} : { before }) });
        const last = rows.length === limit ? rows.at(-1)?.order_in_desk : undefined;
        return { reports: rows.map(summaryView), next: last ?? null };
      },
    );
  };
