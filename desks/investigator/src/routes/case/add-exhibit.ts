import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import { exhibitBody, newExhibit } from '../../api/case.js';
import { caseParams } from '../../api/shape.js';
import { recordExhibit } from '../../case/exhibits.js';
import { parseExhibit } from '../../case/parse-exhibit.js';
import type { RouteDeps } from '../route-deps.js';
import { camel } from '../told.js';

/** `POST /investigator/cases/:caseRef/exhibits` */
export const addExhibitRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: newExhibit, response: { 200: exhibitBody } };
    server.post('/investigator/cases/:caseRef/exhibits', { schema }, async (request, reply) => {
      const act = { by: personOf(request), at: clock.now() };
      const exhibit = parseExhibit(request.params.caseRef, request.body);
      if (exhibit.kind !== 'done') return refuse(reply, exhibit.reason);
      const row = await inTransaction(db, (tx) => recordExhibit(tx, exhibit.value, act));
      return row.kind === 'done' ? camel(row.value) : refuse(reply, row.reason);
    });
  };
