import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Platform } from '../platform.js';
import { filingRoutes } from './filings.js';
import { matchRoutes } from './matches.js';
import { uploadRoute } from './uploads.js';

/** The desk's HTTP interface, below `/platform`. Who may call it is the node's to decide. */
export const platformRoutes =
  (platform: Platform): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(multipart, { limits: { fileSize: 256 << 20, files: 1, fields: 20, fieldSize: 10_000 } });
    await app.register(uploadRoute(platform));
    await app.register(matchRoutes(platform));
    await app.register(filingRoutes(platform));
  };
