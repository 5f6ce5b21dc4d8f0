import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { newId } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import type { AuthorityId } from '@tutela/policy';
import { enterAuthority } from '@tutela/policy/postgres';
import { enteredBody, newAuthority } from '../../api/case.js';
import { caseParams } from '../../api/shape.js';
import type { RouteDeps } from '../route-deps.js';

/** `POST /investigator/cases/:caseRef/authorities`: it grants nothing until somebody else has approved `digest`. */
export const enterAuthorityRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: newAuthority, response: { 200: enteredBody } };
    server.post('/investigator/cases/:caseRef/authorities', { schema }, async (request, reply) => {
      const { caseRef } = request.params;
      const first = { v: 1, id: newId<AuthorityId>(), version: 1 };
      const given = { ...first, ...request.body, caseRef, enteredBy: personOf(request), enteredAt: clock.now() };
      const entered = await inTransaction(db, (tx) => enterAuthority(tx, given));
      if (entered.kind !== 'done') return refuse(reply, entered.reason);
      return { digest: entered.value.digest, needed: entered.value.needed };
    });
  };
