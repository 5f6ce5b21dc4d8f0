import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Clock, done, type Outcome, refused } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { personOf } from '@tutela/http';
import { type Static, Type } from 'typebox';
import { readSubmission } from '../queries/filing.js';
import { problem, uuid } from '../referral/routes/parameters.js';
import { reportNumber } from '../routes/parameters.js';
import type { NewRequest } from './fault-of.js';
import { makeRequest } from './make-request.js';
import { previewRequest } from './preview-request.js';
import type { RequestId } from './queries.js';
import { requestRecord } from './record.js';
import { answerOf, fullRequestBody } from './routes.js';
import { targetsOfReport } from './targets-of-report.js';

const text = Type.String();
export const newRequestBody = Type.Object({
  /** Validated by the record's own schema, which names every member that is wrong. */
  record: Type.Unsafe<object>({ type: 'object', additionalProperties: true }),
  reportNumber: Type.Optional(reportNumber),
  preservedBy: Type.Optional(uuid),
  renews: Type.Optional(uuid),
});
export const requestPreviewBody = Type.Object({ language: Type.Enum(['en', 'es', 'pt-BR']), text });
export const requestTarget = Type.Object({
  type: text,
  value: text,
  port: Type.Optional(Type.Integer()),
  from: Type.Optional(text),
  to: Type.Optional(text),
  service: Type.Optional(text),
});

const askedOf = (body: Static<typeof newRequestBody>): Outcome<Omit<NewRequest, 'by'>, 'malformed-record'> => {
  const read = requestRecord.safeParse(body.record);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    return refused('malformed-record', faults.join('; '));
  }
  return done({
    record: read.data,
    reportNumber: body.reportNumber as ReportNumber | undefined,
    preservedBy: body.preservedBy as RequestId | undefined,
    renews: body.renews as RequestId | undefined,
  });
};

/**
 * `POST /clearinghouse/requests` keeps a request as a draft; `POST …/preview` shows its letter and keeps nothing;
 * `GET /clearinghouse/reports/:reportNumber/request-targets` is what a report has to ask about.
 */
export const composeRequestRoutes =
  (deps: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    const answer = answerOf(deps.db);
    const faults = { 400: problem, 404: problem, 409: problem };

    server.post(
      '/clearinghouse/requests',
      { schema: { body: newRequestBody, response: { 200: fullRequestBody, ...faults } } },
      async (asked, reply) => {
        const read = askedOf(asked.body);
        if (read.kind !== 'done') return await reply.code(400).send({ ...read.reason });
        return (await answer(reply, await makeRequest(deps, { ...read.value, by: personOf(asked) }))) as never;
      },
    );

    server.post(
      '/clearinghouse/requests/preview',
      { schema: { body: newRequestBody, response: { 200: requestPreviewBody, ...faults } } },
      async (asked, reply) => {
        const read = askedOf(asked.body);
        if (read.kind !== 'done') return await reply.code(400).send({ ...read.reason });
        const preview = await previewRequest(deps, read.value);
        if (preview.kind === 'done') return preview.value;
        return await reply.code(preview.reason.code.endsWith('-unknown') ? 404 : 409).send({ ...preview.reason });
      },
    );

    server.get(
      '/clearinghouse/reports/:reportNumber/request-targets',
      {
        schema: {
          params: Type.Object({ reportNumber }),
          response: { 200: Type.Object({ targets: Type.Array(requestTarget) }), 404: problem },
        },
      },
      async (asked, reply) => {
        const number = asked.params.reportNumber as ReportNumber;
        const report = await readSubmission(deps.db, number);
        if (report !== undefined) return { targets: targetsOfReport(report).map((target) => ({ ...target })) };
        return await reply.code(404).send({ code: 'report-unknown', message: `there is no report ${number}` });
      },
    );
  };
