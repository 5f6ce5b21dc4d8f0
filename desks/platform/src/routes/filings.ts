import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Platform } from '../platform.js';

const query = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) });

export const filingRoutes =
  (platform: Platform): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/platform/filings', { schema: { querystring: query } }, async (request) => ({
      filings: await platform.listFilings(request.query.limit ?? 100),
    }));
  };
