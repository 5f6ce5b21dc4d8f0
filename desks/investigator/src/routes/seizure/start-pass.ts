import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { passBody, sourceParams } from '../../api/seizure.js';
import { startPass } from '../../seizure/passes.js';
import type { SourceId } from '../../seizure/schema.js';
import type { RouteDeps } from '../route-deps.js';
import { seizureDepsOf, tellPass } from './seizure-deps.js';

/** `POST /investigator/sources/:sourceId/passes`: begins to read a source; each unit asks the authorities. */
export const startPassRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: sourceParams, response: { 200: passBody } };
    server.post('/investigator/sources/:sourceId/passes', { schema }, async (request, reply) => {
      const act = { by: personOf(request), at: deps.clock.now() };
      const started = await startPass(seizureDepsOf(deps), request.params.sourceId as SourceId, act);
      return started.kind === 'done' ? await tellPass(deps, started.value) : refuse(reply, started.reason);
    });
  };
