import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listsBody } from '../api/lists.js';
import { overviewBody, overviewQuery } from '../api/overview.js';
import type { PlatformDeps } from '../deps.js';
import { listHealth } from '../queries/list-health.js';
import { overviewDays, overviewSums } from '../queries/overview.js';

const usualDays = 30;

/** How the desk does, and how good its lists are. */
export const standingRoutes =
  ({ db, clock }: PlatformDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const overview = { querystring: overviewQuery, response: { 200: overviewBody } };
    app.get('/platform/overview', { schema: overview }, async ({ query: { days = usualDays } }) => ({
      ...(await overviewSums(db)),
      days: await overviewDays(db, clock.now(), days),
    }));

    app.get('/platform/lists', { schema: { response: { 200: listsBody } } }, async () => ({
      lists: await listHealth(db),
    }));
  };
