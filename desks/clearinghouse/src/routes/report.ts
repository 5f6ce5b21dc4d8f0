import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Report, ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { readSubmission } from '../queries/filing.js';
import { type FileRow, findLocation, findReport, listFiles } from '../queries/listing.js';
import { locationBody, locationJson } from './locations.js';
import { nullable, reportNumber } from './parameters.js';
import { reportSummary, summaryJson } from './reports.js';

const file = Type.Object({
  fileId: Type.String(),
  name: Type.String(),
  sha256: Type.String(),
  md5: Type.String(),
  size: Type.Integer(),
  receivedAt: Type.String(),
  /** As the reporter described it, in the shape of the protocol's `fileDetails`. */
  details: nullable(Type.Object({}, { additionalProperties: true })),
});

const fileJson = (row: FileRow) => ({
  fileId: row.file_id,
  name: row.name,
  sha256: row.sha256,
  md5: row.md5,
  size: row.size,
  receivedAt: row.received_at,
  details: row.details,
});

const notFound = Type.Object({ code: Type.Literal('report-unknown'), message: Type.String() });

export const reportBody = Type.Object({
  summary: reportSummary,
  report: nullable(Type.Object({}, { additionalProperties: true })),
  files: Type.Array(file),
  location: nullable(locationBody),
});

/** `GET /clearinghouse/reports/:reportNumber`: what was received. The content is gone once a report ended unfinished. */
export const reportRoute =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/reports/:reportNumber',
      {
        schema: {
          params: Type.Object({ reportNumber }),
          response: {
            200: reportBody,
            404: notFound,
          },
        },
      },
      async ({ params }, reply) => {
        const number = params.reportNumber as ReportNumber;
        const summary = await findReport(db, number);
        if (summary === undefined) {
          return await reply.code(404).send({ code: 'report-unknown', message: `there is no report ${number}` });
        }
        const report: Report | undefined = await readSubmission(db, number);
        const files = await listFiles(db, number);
        const location = await findLocation(db, number);
        return {
          summary: summaryJson(summary),
          report: report ?? null,
          files: files.map(fileJson),
          location: location === undefined ? null : locationJson(location),
        };
      },
    );
  };
