import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { passParams, resumedBody } from '../../api/seizure.js';
import { goOnWithPass } from '../../seizure/passes.js';
import type { RouteDeps } from '../route-deps.js';
import { findPassNamed, seizureDepsOf, tellPass, unknownPass } from './seizure-deps.js';

/** `POST /investigator/passes/:passId/resume`: goes on with what was paused, stopped or broken off. */
export const resumePassRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: passParams, response: { 200: resumedBody } };
    server.post('/investigator/passes/:passId/resume', { schema }, async (request, reply) => {
      const { passId } = request.params;
      const act = { by: personOf(request), at: deps.clock.now() };
      const pass = await findPassNamed(deps, passId);
      if (pass === undefined) return refuse(reply, unknownPass(passId));
      const resumed = await goOnWithPass(seizureDepsOf(deps), pass.pass_id, act);
      if (resumed.kind !== 'done') return refuse(reply, resumed.reason);
      return { pass: await tellPass(deps, (await findPassNamed(deps, passId)) ?? pass), begun: resumed.value.begun };
    });
  };
