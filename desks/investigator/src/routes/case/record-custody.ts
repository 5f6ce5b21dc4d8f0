import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { parseInstant } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { Type } from 'typebox';
import { custodyBody, newCustody } from '../../api/case.js';
import { caseRef, text } from '../../api/shape.js';
import { recordCustody } from '../../case/custody.js';
import type { RouteDeps } from '../route-deps.js';
import { camel, defined } from '../told.js';

const params = Type.Object({ caseRef, number: text });

/** `POST /investigator/cases/:caseRef/exhibits/:number/custody`: a transfer, a seal, a return; never changed afterwards. */
export const recordCustodyRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params, body: newCustody, response: { 200: custodyBody } };
    server.post('/investigator/cases/:caseRef/exhibits/:number/custody', { schema }, async (request, reply) => {
      const at = clock.now();
      const { action, holder, reason, happenedAt: stated, ...more } = request.body;
      const happenedAt = stated === undefined ? at : parseInstant(stated);
      if (happenedAt === undefined)
        return refuse(reply, { code: 'malformed-custody', message: 'a moment needs a date, a time and a zone' });
      const where = { caseRef: request.params.caseRef, exhibit: request.params.number };
      const custody = { ...where, action, happenedAt, holder, reason, ...defined(more) };
      const by = { by: personOf(request), at };
      const row = await inTransaction(db, (tx) => recordCustody(tx, custody, by));
      return row.kind === 'done' ? camel(row.value) : refuse(reply, row.reason);
    });
  };
