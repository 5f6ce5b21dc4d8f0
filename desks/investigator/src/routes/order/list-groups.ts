import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { groupsBody } from '../../api/order.js';
import { caseParams } from '../../api/shape.js';
import { groupObservations } from '../../orders/group.js';
import type { RouteDeps } from '../route-deps.js';
import { defined } from '../told.js';

/** `GET /investigator/cases/:caseRef/observations/groups`: what of a case could be asked of whom. */
export const listGroupsRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: groupsBody } };
    server.get('/investigator/cases/:caseRef/observations/groups', { schema }, async ({ params }) => ({
      groups: (await groupObservations(db, params.caseRef)).map(defined) as never,
    }));
  };
