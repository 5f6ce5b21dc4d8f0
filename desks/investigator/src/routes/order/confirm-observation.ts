import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { confirmation, confirmedBody, observationParams } from '../../api/order.js';
import { confirmObservation } from '../../orders/confirm-observation.js';
import type { ObservationId } from '../../orders/schema.js';
import type { RouteDeps } from '../route-deps.js';

/** `POST /investigator/cases/:caseRef/observations/:observationId/confirm`: a second person compared it with its document. */
export const confirmObservationRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: observationParams, body: confirmation, response: { 200: confirmedBody } };
    server.post(
      '/investigator/cases/:caseRef/observations/:observationId/confirm',
      { schema },
      async (request, reply) => {
        const { caseRef, observationId } = request.params;
        const act = { by: personOf(request), at: clock.now() };
        const of = { caseRef, observationId: observationId as ObservationId, ...request.body };
        const confirmed = await inTransaction(db, (tx) => confirmObservation(tx, of, act));
        return confirmed.kind === 'done' ? { status: confirmed.value } : refuse(reply, confirmed.reason);
      },
    );
  };
