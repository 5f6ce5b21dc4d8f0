import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { matchBody, matchesBody, matchesWindowQuery, matchParams } from '../api/index.js';
import type { Platform } from '../platform.js';

/** The queue of matches as the console reads it, and one match with its history. */
export const matchQueueRoutes =
  (platform: Platform): FastifyPluginAsyncTypebox =>
  async (app) => {
    const window = { querystring: matchesWindowQuery, response: { 200: matchesBody } };
    app.get('/platform/matches/window', { schema: window }, ({ query: { state = 'waiting', account, ...asked } }) =>
      platform.matchWindow({ state, ...(account !== undefined && { account }) }, asked),
    );

    const file = { params: matchParams, response: { 200: matchBody } };
    app.get('/platform/matches/:id', { schema: file }, async (request, reply) => {
      const { id } = request.params;
      const match = await platform.matchFile(id);
      return match ?? refuse(reply, { code: 'no-such-match', message: `There is no match ${id}.` });
    });
  };
