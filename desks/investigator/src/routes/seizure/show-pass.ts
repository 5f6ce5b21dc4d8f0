import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { passBody, passParams } from '../../api/seizure.js';
import type { RouteDeps } from '../route-deps.js';
import { findPassNamed, tellPass, unknownPass } from './seizure-deps.js';

/** `GET /investigator/passes/:passId` */
export const showPassRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: passParams, response: { 200: passBody } };
    server.get('/investigator/passes/:passId', { schema }, async ({ params }, reply) => {
      const pass = await findPassNamed(deps, params.passId);
      return pass === undefined ? refuse(reply, unknownPass(params.passId)) : await tellPass(deps, pass);
    });
  };
