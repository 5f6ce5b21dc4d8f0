import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { lookRoutes } from '@tutela/exposure/routes';
import { Type } from 'typebox';
import type { PlatformDeps } from '../deps.js';
import type { Platform } from '../platform.js';
import { findMatchSubject } from '../review/look-at-match.js';
import { filingRoutes } from './filings.js';
import { matchQueueRoutes } from './match-queue.js';
import { matchRoutes } from './matches.js';
import { stackRoutes } from './stacks.js';
import { standingRoutes } from './standing.js';
import { uploadRoute } from './uploads.js';

/** The desk's HTTP interface, below `/platform`. Who may call it is the node's to decide. */
export const platformRoutes =
  (platform: Platform, deps: PlatformDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(multipart, { limits: { fileSize: 256 << 20, files: 1, fields: 20, fieldSize: 10_000 } });
    await app.register(uploadRoute(platform));
    await app.register(matchQueueRoutes(platform));
    await app.register(matchRoutes(platform));
    await app.register(filingRoutes(platform, deps));
    await app.register(stackRoutes(deps));
    await app.register(standingRoutes(deps));
    await app.register(
      lookRoutes(deps, {
        path: '/platform/matches/:id',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        find: ({ id }) => findMatchSubject(deps, id),
      }),
    );
  };
