import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { Type } from 'typebox';
import * as api from '../api/filings.js';
import type { PlatformDeps } from '../deps.js';
import { draftOfAccount, filingPage, filingWindow } from '../filing/filing-pages.js';
import { retryFiling } from '../filing/retry-filing.js';
import type { Platform } from '../platform.js';

const query = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) });

/** Reports: those that went out or are on their way, and what the next one of an account will say. */
export const filingRoutes =
  (platform: Platform, deps: PlatformDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/platform/filings', { schema: { querystring: query } }, async (request) => ({
      filings: await platform.listFilings(request.query.limit ?? 100),
    }));

    const window = { querystring: api.filingsWindowQuery, response: { 200: api.filingsWindowBody } };
    app.get('/platform/filings/window', { schema: window }, ({ query: { show = 'all', account, ...asked } }) =>
      filingWindow(deps, { show, account }, asked),
    );

    const one = { params: api.filingParams, response: { 200: api.filingBody } };
    app.get('/platform/filings/:id', { schema: one }, async ({ params: { id } }, reply) => {
      const page = await filingPage(deps, id);
      return page ?? refuse(reply, { code: 'no-such-filing', message: `There is no report ${id}.` });
    });

    const retrying = { params: api.filingParams, body: api.retryBody, response: { 200: api.retriedBody } };
    app.post('/platform/filings/:id/retry', { schema: retrying }, async (request, reply) => {
      const { id } = request.params;
      const tried = await retryFiling(deps, { filing: id, actor: personOf(request), reason: request.body.reason });
      return tried.kind === 'done' ? tried.value : refuse(reply, tried.reason);
    });

    const draft = { querystring: api.draftQuery, response: { 200: api.draftBody } };
    app.get('/platform/draft', { schema: draft }, ({ query: { account } }) => draftOfAccount(deps, account));
  };
