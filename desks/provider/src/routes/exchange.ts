import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  type AnswerDocument,
  type ExchangeProblem,
  exchangeProblemSchema,
  orderStateSchema,
  type SubscriberIdentity,
} from '@tutela/attribution/exchange';
import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { agencyOf } from '../agency.js';
import { answerFetchedEvent } from '../events.js';
import type { OrderDeps } from '../order/order-deps.js';
import { stateOf } from '../order/order-state.js';
import { receiveOrder } from '../order/receive-order.js';
import { disclosuresOf } from '../queries/identities.js';
import { findOrder, findRelease } from '../queries/orders.js';
import type { OrderTable } from '../schema.js';

/** Where agencies come in with credentials of their own; everything else of the desk is the operator's. */
export const exchangePrefix = '/attribution/v1/';

const bodyLimit = 16 << 20;
const params = Type.Object({ orderId: Type.String({ format: 'uuid' }) });
const problems = {
  400: exchangeProblemSchema,
  401: exchangeProblemSchema,
  404: exchangeProblemSchema,
  409: exchangeProblemSchema,
  422: exchangeProblemSchema,
  429: exchangeProblemSchema,
} as const;

/** `docs/attribution-exchange.md`: an order in, its state, its answers. No other question has a route. */
export const exchangeRoutes =
  (deps: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db, clock } = deps;

    /** The order if it is the asking agency's; the same answer for another's as for none. */
    const ownOrder = async (request: FastifyRequest, orderId: string): Promise<Found> => {
      const agencyId = await agencyOf(db, request.headers.authorization);
      if (agencyId === undefined) return { kind: 'problem', status: 401, problem: noCredential };
      const order = await findOrder(db, orderId);
      return order?.agency_id === agencyId
        ? { kind: 'found', order, agencyId }
        : { kind: 'problem', status: 404, problem: { code: 'order-unknown', message: 'there is no such order' } };
    };

    // Without a schema for the body: Fastify's validator takes unknown members away, and an order that says more than we
    // understand has to be refused.
    server.post(
      `${exchangePrefix}orders`,
      { bodyLimit, schema: { response: { 200: orderStateSchema, 201: orderStateSchema, ...problems } } },
      async (request, reply) => {
        const agencyId = await agencyOf(db, request.headers.authorization);
        if (agencyId === undefined) return await unauthorised(reply).send(noCredential);
        const received = await receiveOrder(deps, agencyId, request.body);
        if (received.kind === 'turned-away') return await reply.code(received.status).send(received.problem);
        return await reply.code(received.when === 'now' ? 201 : 200).send(received.state);
      },
    );

    server.get(
      `${exchangePrefix}orders/:orderId`,
      { schema: { params, response: { 200: orderStateSchema, ...problems } } },
      async (request, reply) => {
        const found = await ownOrder(request, request.params.orderId);
        if (found.kind === 'problem') return await withStatus(reply, found).send(found.problem);
        return stateOf(found.order, clock.now());
      },
    );

    server.get(
      `${exchangePrefix}orders/:orderId/answer`,
      { schema: { params, response: problems } },
      async (request, reply) => {
        const found = await ownOrder(request, request.params.orderId);
        if (found.kind === 'problem') return await withStatus(reply, found).send(found.problem);
        const { order, agencyId } = found;
        const release = await findRelease(db, order.order_id);
        if (release === undefined) {
          const { state } = stateOf(order, clock.now());
          return await reply.code(409).send({ code: 'not-released', message: `the order is ${state}` });
        }
        const told = await disclosuresOf(db, order.order_id);
        const identities = told.map((text) => JSON.parse(text) as SubscriberIdentity);
        const document: AnswerDocument = { ...(JSON.parse(release.document) as AnswerDocument), identities };
        await inTransaction(db, (tx) => appendEvent(tx, answerFetchedEvent(order.order_id, agencyId, clock.now())));
        return await reply
          .type('application/json; charset=utf-8')
          .serializer((text: string) => text)
          .send(JSON.stringify(document) as never);
      },
    );
  };

type Found =
  | { readonly kind: 'found'; readonly order: OrderTable; readonly agencyId: string }
  | { readonly kind: 'problem'; readonly status: 401 | 404; readonly problem: ExchangeProblem };

const noCredential: ExchangeProblem = { code: 'credential-needed', message: 'send the credential that was issued' };
const unauthorised = (reply: FastifyReply) =>
  reply.code(401).header('www-authenticate', 'Bearer realm="tutela-attribution"');
const withStatus = (reply: FastifyReply, { status }: { readonly status: 401 | 404 }) =>
  status === 401 ? unauthorised(reply) : reply.code(404);
