import type { FastifyPluginAsync } from 'fastify';
import type { RouteDeps } from '../route-deps.js';
import { listAccountsRoute } from './list-accounts.js';
import { listKnowledgeRoute } from './list-knowledge.js';
import { showAccountRoute } from './show-account.js';
import { showKnowledgeSummaryRoute } from './show-knowledge-summary.js';
import { showUsersRoute } from './show-users.js';

export const serviceRoutes = (deps: RouteDeps): readonly FastifyPluginAsync[] =>
  [showUsersRoute, listKnowledgeRoute, showKnowledgeSummaryRoute, listAccountsRoute, showAccountRoute].map(
    (route) => route(deps) as FastifyPluginAsync,
  );
