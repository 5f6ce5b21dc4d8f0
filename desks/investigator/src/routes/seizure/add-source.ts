import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { newSource, sourceBody } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import { addSource } from '../../seizure/sources.js';
import type { RouteDeps } from '../route-deps.js';
import { camel, defined } from '../told.js';

/** `POST /investigator/cases/:caseRef/sources`: names what is to be read; nothing of it is opened yet. */
export const addSourceRoute =
  ({ db, clock }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, body: newSource, response: { 200: sourceBody } };
    server.post('/investigator/cases/:caseRef/sources', { schema }, async (request, reply) => {
      const { exhibit, kind, locator, ...more } = request.body;
      const source = { caseRef: request.params.caseRef, exhibit, kind, locator, ...defined(more) };
      const added = await addSource({ db }, source, { by: personOf(request), at: clock.now() });
      return added.kind === 'done' ? camel(added.value) : refuse(reply, added.reason);
    });
  };
