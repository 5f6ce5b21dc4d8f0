import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { listReports, type ReportSummary } from '../queries/listing.js';
import { nullable, page, reportNumber } from './parameters.js';

export const reportSummary = Type.Object({
  reportNumber,
  state: Type.Enum(['open', 'finished', 'retracted', 'expired']),
  organisation: Type.String(),
  incidentType: Type.String(),
  openedAt: Type.String(),
  endedAt: nullable(Type.String()),
  files: Type.Integer(),
  /** Absent until the report is finished. */
  location: nullable(
    Type.Object({
      outcome: Type.Enum(['one-country', 'conflicting', 'unknown']),
      countries: Type.Array(Type.String()),
    }),
  ),
});

export const summaryJson = (row: ReportSummary) => ({
  reportNumber: row.report_number,
  state: row.state,
  organisation: row.organisation,
  incidentType: row.incident_type,
  openedAt: row.opened_at,
  endedAt: row.ended_at,
  files: row.files,
  location: row.outcome === null ? null : { outcome: row.outcome, countries: [...(row.countries ?? [])] },
});

/** `GET /clearinghouse/reports`: newest first; `next` is the `before` of the following page. */
export const reportsRoute =
  (db: Db): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/reports',
      {
        schema: {
          querystring: Type.Object({
            ...page,
            state: Type.Optional(Type.Enum(['open', 'finished', 'retracted', 'expired'])),
          }),
          response: { 200: Type.Object({ reports: Type.Array(reportSummary), next: nullable(reportNumber) }) },
        },
      },
      async ({ query: { before, limit = 50, state } }) => {
        const rows = await listReports(db, {
          limit,
          ...(before === undefined ? {} : { before: before as ReportNumber }),
          ...(state === undefined ? {} : { state }),
        });
        const last = rows.length === limit ? rows.at(-1)?.report_number : undefined;
        return { reports: rows.map(summaryJson), next: last ?? null };
      },
    );
  };
