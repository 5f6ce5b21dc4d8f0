import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import type { PersonId } from '@tutela/policy';
import { roleAskedBody, roleWish } from '../../api/role.js';
import { caseParams } from '../../api/shape.js';
import { askForRole } from '../../case/case-roles.js';
import type { RouteDeps } from '../route-deps.js';

/** `POST /investigator/cases/:caseRef/roles`: counts once somebody else, whom it is not about, has approved `digest`. */
export const askRoleRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: roleWish, response: { 200: roleAskedBody } };
    server.post('/investigator/cases/:caseRef/roles', { schema }, async (request, reply) => {
      const by = personOf(request);
      const { person = by, role, reason } = request.body;
      const wish = { caseRef: request.params.caseRef, person: person as PersonId, role };
      const asked = await inTransaction(db, (tx) => askForRole(tx, wish, { by, at: clock.now(), reason }));
      if (asked.kind !== 'done') return refuse(reply, asked.reason);
      return { digest: asked.value.digest, needed: asked.value.needed };
    });
  };
