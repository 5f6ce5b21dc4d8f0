import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type ReceivedFile, type ReportNumber, toIdsJson } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { readSubmission } from '../queries/filing.js';
import { type FileRow, findReport, listFiles } from '../queries/listing.js';
import { reportNumber } from './parameters.js';

const notFound = Type.Object({ code: Type.Literal('report-unknown'), message: Type.String() });

const receivedFile = (row: FileRow): ReceivedFile => ({
  fileId: row.file_id,
  name: row.name,
  md5: row.md5,
  ...(row.details === null ? {} : { details: row.details }),
});

/** `GET /clearinghouse/reports/:reportNumber/export`: the JSON in which police receive a finished report. */
export const reportExportRoute =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/reports/:reportNumber/export',
      {
        schema: {
          params: Type.Object({ reportNumber }),
          response: { 200: Type.Object({}, { additionalProperties: true }), 404: notFound },
        },
      },
      async ({ params }, reply) => {
        const number = params.reportNumber as ReportNumber;
        const summary = await findReport(db, number);
        const report = await readSubmission(db, number);
        if (summary?.state !== 'finished' || summary.ended_at === null || report === undefined) {
          return await reply.code(404).send({ code: 'report-unknown', message: `no finished report ${number}` });
        }
        const files = (await listFiles(db, number)).map(receivedFile);
        const { organisation, ended_at: receivedAt } = summary;
        return toIdsJson({ reportId: number, receivedAt, organisation, report, files });
      },
    );
  };
