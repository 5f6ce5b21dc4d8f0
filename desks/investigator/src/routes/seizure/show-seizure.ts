import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { seizureBody } from '../../api/seizure.js';
import { caseParams } from '../../api/shape.js';
import { latestPass, listSources } from '../../seizure/queries/sources.js';
import type { RouteDeps } from '../route-deps.js';
import { camel } from '../told.js';
import { tellPass } from './seizure-deps.js';

/** `GET /investigator/cases/:caseRef/seizure`: each source with its newest pass; light enough to be asked often. */
export const showSeizureRoute =
  (deps: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, response: { 200: seizureBody } };
    server.get('/investigator/cases/:caseRef/seizure', { schema }, async ({ params }) => {
      const sources = [];
      for (const source of await listSources(deps.db, params.caseRef)) {
        const pass = await latestPass(deps.db, source.source_id);
        sources.push({ source: camel(source), pass: pass === undefined ? null : await tellPass(deps, pass) });
      }
      return { sources };
    });
  };
