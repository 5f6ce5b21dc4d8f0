import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type CaseRole, listRequests, listRoles, type RequestState } from '@tutela/policy/postgres';
import { type RolesBody, rolesBody } from '../../api/role.js';
import { caseParams } from '../../api/shape.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

const mostRequests = 200;

/** `GET /investigator/cases/:caseRef/roles`: who works on it or did, and who asks to. */
export const listRolesRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: rolesBody } };
    server.get('/investigator/cases/:caseRef/roles', { schema }, async ({ params: { caseRef } }) => {
      const of = { action: 'role.grant', caseRef };
      const [roles, requests] = await Promise.all([
        listRoles(db, caseRef),
        listRequests(db, { state: 'open', at: clock.now(), limit: mostRequests, of }),
      ]);
      return { roles: told(roles), requests: requests.map(requestView) };
    });
  };

const requestView = ({ digest, request }: RequestState): RolesBody['requests'][number] => {
  const { requestedBy, requestedAt, expiresAt, reason, content } = request;
  const { person, role } = content as unknown as CaseRole;
  return { digest, person, role, requestedBy, requestedAt, expiresAt, reason };
};
