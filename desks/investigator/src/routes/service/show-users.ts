import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { usersBody } from '../../api/service.js';
import { caseParams } from '../../api/shape.js';
import { usersByCountry } from '../../service/countries.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/users`: users by country, with what the data could not place. */
export const showUsersRoute =
  ({ db, ranges }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: usersBody } };
    server.get('/investigator/cases/:caseRef/users', { schema }, async ({ params }, reply) => {
      if (ranges === undefined)
        return refuse(reply, { code: 'no-ranges', message: 'TUTELA_RANGES names no file of address ranges' });
      const users = await usersByCountry(db, params.caseRef, [ranges]);
      const sum = (of: typeof users.countries): number => of.reduce((total, { accesses }) => total + accesses, 0);
      const placed = users.countries.filter(({ country }) => country !== 'unknown');
      return { ...told(users), rate: { accesses: sum(users.countries), placed: sum(placed) } };
    });
  };
