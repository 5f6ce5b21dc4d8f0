import type { FastifyPluginAsync } from 'fastify';
import type { RouteDeps } from '../route-deps.js';
import { countArchivesRoute } from './count-archives.js';
import { listArchivesRoute } from './list-archives.js';
import { showArchiveRoute } from './show-archive.js';
import { showRecoveryRoute } from './show-recovery.js';

export const archiveRoutes = (deps: RouteDeps): readonly FastifyPluginAsync[] =>
  [countArchivesRoute, listArchivesRoute, showArchiveRoute, showRecoveryRoute].map(
    (route) => route(deps) as FastifyPluginAsync,
  );
