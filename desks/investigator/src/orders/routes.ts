import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { answerDocumentSchema, orderDocumentSchema } from '@tutela/attribution/exchange';
import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import { Type } from 'typebox';
import { groupObservations } from './group.js';
import { listOrderSummaries, viewOrder } from './order-view.js';
import { previewOrder } from './preview.js';
import type { OrderId } from './schema.js';

const text = Type.String();
const nullable = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) => Type.Union([schema, Type.Null()]);
const count = Type.Integer({ minimum: 0 });
const caseParams = Type.Object({ caseRef: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' }) });
const problem = Type.Object({ code: text, message: text });

const summary = {
  orderId: text,
  caseRef: text,
  providerId: text,
  way: Type.Enum(['exchange', 'letter']),
  state: Type.Enum(['draft', 'sending', 'waiting', 'answered', 'declined', 'expired', 'refused']),
  overdue: Type.Enum(['overdue', 'in-time', 'not-awaited']),
  sha256: text,
  draftedAt: text,
  sentAt: nullable(text),
  dueAt: nullable(text),
  settledAt: nullable(text),
  reason: nullable(text),
} as const;

const group = Type.Object({
  providerId: Type.Optional(text),
  holder: Type.Optional(text),
  countries: Type.Array(text),
  observations: count,
  addresses: count,
  withoutPort: count,
  clockUnknown: count,
  unconfirmed: count,
  disputed: count,
  asked: count,
});

const prospect = Type.Union([
  Type.Object({ kind: Type.Literal('one'), qualified: Type.Enum(['no', 'clock-unknown']) }),
  Type.Object({ kind: Type.Literal('a-number'), candidates: count }),
  Type.Object({ kind: Type.Literal('perhaps-a-number') }),
  Type.Object({ kind: Type.Literal('not-yet'), why: Type.Literal('unconfirmed') }),
]);

const preview = Type.Object({
  providerId: text,
  sharing: Type.Union([count, Type.Null()]),
  observations: Type.Array(
    Type.Object({
      observationId: text,
      ip: text,
      port: Type.Union([count, Type.Null()]),
      seenFrom: text,
      prospect,
    }),
  ),
});

const { together, identities } = answerDocumentSchema.properties;
const order = Type.Object({
  ...summary,
  authorityId: text,
  document: orderDocumentSchema,
  observations: Type.Array(
    Type.Object({
      ordinal: count,
      observationId: text,
      asked: orderDocumentSchema.properties.observations.items,
      answer: Type.Union([Type.Unsafe<object>({ type: 'object', additionalProperties: true }), Type.Null()]),
      identity: Type.Union([identities.items, Type.Null()]),
    }),
  ),
  together: Type.Union([together, Type.Null()]),
  answerSha256: nullable(text),
});

/**
 * `/investigator/orders…` for the console, to read: orders, one with its answers, and what of a case could be asked of
 * whom. Drafting and sending take a person and two approvals.
 */
export const orderRoutes =
  (db: Db, clock: Clock): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/investigator/orders',
      {
        schema: {
          querystring: Type.Object({ case: Type.Optional(text) }),
          response: { 200: Type.Object({ orders: Type.Array(Type.Object(summary)) }) },
        },
      },
      async ({ query }) => ({ orders: [...(await listOrderSummaries(db, query.case, clock.now()))] }),
    );
    server.get(
      '/investigator/orders/:orderId',
      {
        schema: {
          params: Type.Object({ orderId: Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }) }),
          response: { 200: order, 404: problem },
        },
      },
      async ({ params }, reply) => {
        const view = await viewOrder(db, params.orderId as OrderId, clock.now());
        if (view !== undefined) return view as never;
        return await reply.code(404).send({ code: 'order-unknown', message: `no order ${params.orderId}` });
      },
    );
    server.get(
      '/investigator/cases/:caseRef/observations/groups',
      { schema: { params: caseParams, response: { 200: Type.Object({ groups: Type.Array(group) }) } } },
      async ({ params }) => ({ groups: (await groupObservations(db, params.caseRef)).map(plain) }),
    );
    server.get(
      '/investigator/cases/:caseRef/observations/preview',
      {
        schema: {
          params: caseParams,
          querystring: Type.Object({ provider: text }),
          response: { 200: preview, 404: problem },
        },
      },
      async ({ params, query }, reply) => {
        const outcome = await previewOrder(db, { caseRef: params.caseRef, providerId: query.provider });
        if (outcome.kind === 'done') return outcome.value as never;
        return await reply.code(404).send({ code: outcome.reason.code, message: outcome.reason.message });
      },
    );
  };

/** Members that are not known are left out. */
const plain = <Row extends object>(row: Row) => JSON.parse(JSON.stringify(row)) as never;
