import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inTransaction } from '@tutela/db';
import { personOf, refuse } from '@tutela/http';
import type { AuthorityId } from '@tutela/policy';
import { endAuthority } from '@tutela/policy/postgres';
import { Type } from 'typebox';
import { revocation, revokedBody } from '../../api/case.js';
import { uuid } from '../../api/shape.js';
import type { RouteDeps } from '../route-deps.js';

/** `POST /investigator/authorities/:authorityId/revoke`: what runs on it stops, what was derived under it is hidden. */
export const revokeAuthorityRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const params = Type.Object({ authorityId: uuid });
    const schema = { params, body: revocation, response: { 200: revokedBody } };
    server.post('/investigator/authorities/:authorityId/revoke', { schema }, async (request, reply) => {
      const authority = request.params.authorityId as AuthorityId;
      const end = { by: personOf(request), at: clock.now(), reason: request.body.reason };
      const ended = await inTransaction(db, (tx) => endAuthority(tx, authority, end));
      return ended.kind === 'done' ? { authority, endedAt: end.at } : refuse(reply, ended.reason);
    });
  };
