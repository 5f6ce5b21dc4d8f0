import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readWindow } from '@tutela/window';
import { knowledgeBody, knowledgeQuery } from '../../api/service.js';
import { caseParams } from '../../api/shape.js';
import { countKnowledge, windowOfKnowledge } from '../../service/queries/windows.js';
import type { RouteDeps } from '../route-deps.js';
import { defined, told } from '../told.js';

/** `GET /investigator/cases/:caseRef/knowledge`: what the service knew, in the order of time, each entry with its place. */
export const listKnowledgeRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: knowledgeQuery, response: { 200: knowledgeBody } };
    server.get('/investigator/cases/:caseRef/knowledge', { schema }, async ({ params, query }) => {
      const { kind, account, ...asked } = query;
      const filter = { caseRef: params.caseRef, ...defined({ kind, account }) };
      const found = await readWindow(
        {
          read: (stretch) => windowOfKnowledge(db, filter, stretch),
          count: () => countKnowledge(db, filter),
          keyOf: ({ at, importId, line }) => [at, importId, line],
          keyLength: 3,
        },
        asked,
      );
      return told(found);
    });
  };
