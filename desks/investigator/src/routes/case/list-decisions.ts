import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { decisionsBody } from '../../api/case.js';
import { caseParams, pageQuery } from '../../api/shape.js';
import { pageOfDecisions } from '../../queries/case-reading.js';
import { cursorAfter, readCursor } from '../cursor.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

/** `GET /investigator/cases/:caseRef/decisions`: what was asked of the authorities, and which rule answered; newest first. */
export const listDecisionsRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: Type.Object(pageQuery), response: { 200: decisionsBody } };
    server.get('/investigator/cases/:caseRef/decisions', { schema }, async ({ params, query }) => {
      const { limit = 50 } = query;
      const [at, id] = readCursor(query.before) ?? [];
      const from = at === undefined || id === undefined ? {} : { before: { at, id } };
      const rows = await pageOfDecisions(db, params.caseRef, { ...from, limit });
      const next = cursorAfter(rows, limit, ({ decidedAt, decisionId }) => [decidedAt, decisionId]);
      return { decisions: told(rows) as never, next };
    });
  };
