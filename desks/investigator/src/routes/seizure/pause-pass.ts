import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { passBody, passParams } from '../../api/seizure.js';
import { pausePass } from '../../seizure/passes.js';
import type { RouteDeps } from '../route-deps.js';
import { findPassNamed, seizureDepsOf, tellPass, unknownPass } from './seizure-deps.js';

/** `POST /investigator/passes/:passId/pause`: what is under way stops at its next heartbeat and leaves nothing behind. */
export const pausePassRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: passParams, response: { 200: passBody } };
    server.post('/investigator/passes/:passId/pause', { schema }, async (request, reply) => {
      const act = { by: personOf(request), at: deps.clock.now() };
      const pass = await findPassNamed(deps, request.params.passId);
      if (pass === undefined) return refuse(reply, unknownPass(request.params.passId));
      const paused = await pausePass(seizureDepsOf(deps), pass.pass_id, act);
      return paused.kind === 'done' ? await tellPass(deps, paused.value) : refuse(reply, paused.reason);
    });
  };
