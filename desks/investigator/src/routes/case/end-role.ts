import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import type { PersonId } from '@tutela/policy';
import { roleEndedBody, roleEnding } from '../../api/role.js';
import { caseParams } from '../../api/shape.js';
import { endCaseRole } from '../../case/case-roles.js';
import type { RouteDeps } from '../route-deps.js';

/** `POST /investigator/cases/:caseRef/roles/end`: one's own, or anybody's by a lead of the case; at once. */
export const endRoleRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: roleEnding, response: { 200: roleEndedBody } };
    server.post('/investigator/cases/:caseRef/roles/end', { schema }, async (request, reply) => {
      const { person, role, reason } = request.body;
      const held = { caseRef: request.params.caseRef, person: person as PersonId, role };
      const ending = { by: personOf(request), at: clock.now(), reason };
      const ended = await inTransaction(db, (tx) => endCaseRole(tx, held, ending));
      return ended.kind === 'done' ? { person, role, endedAt: ending.at } : refuse(reply, ended.reason);
    });
  };
