import type { FastifyPluginAsync } from 'fastify';
import type { RouteDeps } from '../route-deps.js';
import { listFeedsRoute } from './list-feeds.js';
import { listReferralsRoute } from './list-referrals.js';
import { pullReferralsRoute } from './pull-referrals.js';

export const referralRoutes = (deps: RouteDeps): readonly FastifyPluginAsync[] =>
  [listFeedsRoute, listReferralsRoute, pullReferralsRoute].map((route) => route(deps) as FastifyPluginAsync);
