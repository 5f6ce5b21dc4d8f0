import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock, Outcome } from '@tutela/core';
import type { Db } from '@tutela/db';
import { inTransaction } from '@tutela/db';
import { actorOf, personOf } from '@tutela/http';
import { appendEvent } from '@tutela/ledger/postgres';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { cursorOf, cursorText, keyset, problem, uuid } from '../referral/routes/parameters.js';
import { nullable, reportNumber } from '../routes/parameters.js';
import { noteRequestSent, settleRequest } from './follow-request.js';
import { requestSubject } from './make-request.js';
import {
  type DeadlineRow,
  deadlinesOfRequest,
  documentsOfRequest,
  findDocument,
  findRequest,
  listRequests,
  type RequestId,
  type RequestRow,
} from './queries.js';
import { requestKinds } from './record.js';

const text = Type.String();
const states = ['draft', 'sent', 'answered', 'refused', 'withdrawn', 'expired'] as const;
const deadline = Type.Object({
  kind: Type.Enum(['reply', 'preservation-ends']),
  at: text,
  remindAt: text,
  remindedAt: nullable(text),
  state: Type.Enum(['running', 'met', 'passed']),
});
const request = {
  requestId: text,
  kind: Type.Enum([...requestKinds]),
  state: Type.Enum([...states]),
  addressee: text,
  country: text,
  language: text,
  caseRef: text,
  reportNumber: nullable(reportNumber),
  preservedBy: nullable(text),
  renews: nullable(text),
  madeAt: text,
  madeBy: text,
  sentAt: nullable(text),
  receipt: nullable(text),
  settledAt: nullable(text),
  note: nullable(text),
} as const;
export const requestBody = Type.Object(request);
export const fullRequestBody = Type.Object({
  ...request,
  deadlines: Type.Array(deadline),
  /** What was kept when it was made, for whoever compares; the letter in the words of its text form. */
  documents: Type.Array(Type.Object({ form: Type.Enum(['text', 'pdf']), sha256: text, madeAt: text })),
  letter: text,
  record: Type.Unsafe<object>({ type: 'object', additionalProperties: true }),
});

const requestJson = (row: RequestRow) => ({
  requestId: row.request_id,
  kind: row.kind,
  state: row.state,
  addressee: row.record.addressee.name,
  country: row.record.addressee.country,
  language: row.record.language,
  caseRef: row.record.caseRef,
  reportNumber: row.report_number,
  preservedBy: row.preserved_by,
  renews: row.renews,
  madeAt: row.made_at,
  madeBy: row.made_by,
  sentAt: row.sent_at,
  receipt: row.receipt,
  settledAt: row.settled_at,
  note: row.note,
});

export const deadlineJson = (row: DeadlineRow) => ({
  kind: row.kind,
  at: row.at,
  remindAt: row.remind_at,
  remindedAt: row.reminded_at,
  state: row.state,
});

const fullRequestJson = async (db: Db, row: RequestRow) => {
  const documents = await documentsOfRequest(db, row.request_id);
  const letter = documents.find(({ form }) => form === 'text');
  return {
    ...requestJson(row),
    deadlines: (await deadlinesOfRequest(db, row.request_id)).map(deadlineJson),
    documents: documents.map(({ form, sha256, made_at }) => ({ form, sha256, madeAt: made_at })),
    letter: letter?.bytes.toString('utf8') ?? '',
    record: row.record,
  };
};

/** A request in full, or why not: 404 for what is not here, 409 for what is not allowed as things stand. */
export const answerOf =
  (db: Db) =>
  async (reply: FastifyReply, outcome: Outcome<RequestRow>): Promise<unknown> => {
    if (outcome.kind === 'done') return await fullRequestJson(db, outcome.value);
    const { code } = outcome.reason;
    return await reply.code(code.endsWith('-unknown') ? 404 : 409).send({ ...outcome.reason } as never);
  };

const params = Type.Object({ requestId: uuid });

/** `/clearinghouse/requests…`: requests across borders, listed, shown, sent and settled by a person. */
export const requestRoutes =
  (deps: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db, clock } = deps;
    const answer = answerOf(db);

    server.get(
      '/clearinghouse/requests',
      {
        schema: {
          querystring: Type.Object({
            ...keyset,
            state: Type.Optional(Type.Enum([...states])),
            kind: Type.Optional(Type.Enum([...requestKinds])),
          }),
          response: { 200: Type.Object({ requests: Type.Array(requestBody), next: nullable(text) }) },
        },
      },
      async ({ query: { before, limit = 50, ...of } }) => {
        const rows = await listRequests(db, { ...of, limit, ...cursorOf(before) });
        const last = rows.length === limit ? rows.at(-1) : undefined;
        return { requests: rows.map(requestJson), next: cursorText(last?.made_at, last?.request_id) };
      },
    );

    server.get(
      '/clearinghouse/requests/:requestId',
      { schema: { params, response: { 200: fullRequestBody, 404: problem } } },
      async (asked, reply) => {
        const row = await findRequest(db, asked.params.requestId as RequestId);
        if (row !== undefined) return (await fullRequestJson(db, row)) as never;
        return await reply.code(404).send({ code: 'request-unknown', message: 'there is no such request' });
      },
    );

    for (const [ending, form, type] of [
      ['pdf', 'pdf', 'application/pdf'],
      ['txt', 'text', 'text/plain; charset=utf-8'],
    ] as const) {
      server.get(
        `/clearinghouse/requests/:requestId/document.${ending}`,
        { schema: { params } },
        async (asked, reply) => {
          const requestId = asked.params.requestId as RequestId;
          const document = await findDocument(db, requestId, form);
          if (document === undefined) {
            return await reply.code(404).send({ code: 'request-unknown', message: 'there is no such request' });
          }
          await inTransaction(db, (tx) =>
            appendEvent(tx, {
              type: 'clearinghouse.request-disclosed',
              actor: actorOf(asked),
              at: clock.now(),
              subjects: [requestSubject(requestId)],
              payload: { form, sha256: document.sha256 },
              effects: [],
            }),
          );
          return await reply
            .type(type)
            .header('cache-control', 'no-store')
            .header('content-disposition', `attachment; filename="request-${requestId}.${ending}"`)
            .send(document.bytes);
        },
      );
    }

    server.post(
      '/clearinghouse/requests/:requestId/sent',
      {
        schema: {
          params,
          body: Type.Object({ receipt: Type.String({ minLength: 1, maxLength: 500 }) }),
          response: { 200: fullRequestBody, 404: problem, 409: problem },
        },
      },
      async (asked, reply) => {
        const requestId = asked.params.requestId as RequestId;
        const { receipt } = asked.body;
        return (await answer(reply, await noteRequestSent(deps, { requestId, receipt, by: personOf(asked) }))) as never;
      },
    );

    server.post(
      '/clearinghouse/requests/:requestId/settled',
      {
        schema: {
          params,
          body: Type.Object({
            state: Type.Enum(['answered', 'refused', 'withdrawn']),
            note: Type.String({ minLength: 1, maxLength: 2000 }),
          }),
          response: { 200: fullRequestBody, 404: problem, 409: problem },
        },
      },
      async (asked, reply) => {
        const requestId = asked.params.requestId as RequestId;
        return (await answer(
          reply,
          await settleRequest(deps, { requestId, ...asked.body, by: personOf(asked) }),
        )) as never;
      },
    );
  };
