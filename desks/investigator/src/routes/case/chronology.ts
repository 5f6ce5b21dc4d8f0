import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { chronologyBody } from '../../api/case.js';
import { caseParams, pageQuery } from '../../api/shape.js';
import { pageOfChronology } from '../../queries/case-reading.js';
import type { RouteDeps } from '../route-deps.js';
import { told } from '../told.js';

const query = Type.Object({ ...pageQuery, before: Type.Optional(Type.Integer({ minimum: 1 })) });

/** `GET /investigator/cases/:caseRef/chronology`: what the log has of a case, newest first. */
export const chronologyRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { params: caseParams, querystring: query, response: { 200: chronologyBody } };
    server.get('/investigator/cases/:caseRef/chronology', { schema }, async ({ params, query: asked }) => {
      const { before, limit = 50 } = asked;
      const rows = await pageOfChronology(db, params.caseRef, { limit, ...(before !== undefined && { before }) });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { entries: told(rows), next: last === undefined ? null : String(last.caseSeq) };
    });
  };
