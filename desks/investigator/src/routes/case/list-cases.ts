import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { casesBody } from '../../api/case.js';
import { pageQuery } from '../../api/shape.js';
import { pageOfCases } from '../../queries/case-reading.js';
import { cursorAfter, readCursor } from '../cursor.js';
import type { RouteDeps } from '../route-deps.js';
import { camel } from '../told.js';

/** `GET /investigator/cases`: newest first. */
export const listCasesRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: Type.Object(pageQuery), response: { 200: casesBody } };
    server.get('/investigator/cases', { schema }, async ({ query: { before, limit = 50 } }) => {
      const [at, caseRef] = readCursor(before) ?? [];
      const from = at === undefined || caseRef === undefined ? {} : { before: { at, caseRef } };
      const rows = await pageOfCases(db, { ...from, limit });
      const next = cursorAfter(rows, limit, ({ opened_at, case_ref }) => [opened_at, case_ref]);
      return { cases: rows.map(camel), next };
    });
  };
