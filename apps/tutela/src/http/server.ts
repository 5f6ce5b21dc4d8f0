import { randomUUID } from 'node:crypto';
import { type FastifyInstance, type FastifyPluginAsync, fastify } from 'fastify';
import { consoleFiles } from './console-files.js';
import { hostGuard, operatorGuard, securityHeaders } from './guards.js';
import { errorHandler, problemOf, sendProblem } from './problem.js';
import { type StatusDeps, statusRoutes } from './status-routes.js';

export interface HttpDeps extends StatusDeps {
  readonly operatorKey: string;
  /** The desks' own. */
  readonly routes: readonly FastifyPluginAsync[];
  /** Operators' requests wait for it; the page and the reporters do not. Default: ready. */
  readonly ready?: Promise<void>;
  readonly log: (line: string) => void;
}

/** The node's HTTP server, not yet listening. */
export const createHttpServer = async (deps: HttpDeps): Promise<FastifyInstance> => {
  const onError = errorHandler(deps);
  const server = fastify({
    genReqId: () => randomUUID(),
    // An address that cannot be read (`/%zz`) meets no hook.
    frameworkErrors: (error, request, reply) => void onError(error, request, reply.headers(securityHeaders)),
  });
  server.addHook('onRequest', async (_, reply) => void reply.headers(securityHeaders));
  server.addHook('onRequest', hostGuard);
  server.addHook('onRequest', operatorGuard(deps.operatorKey, deps.ready));
  server.setErrorHandler(onError);
  server.setNotFoundHandler((request, reply) => sendProblem(reply, problemOf(404, 'not-found', request.id)));
  await server.register(consoleFiles);
  await server.register(statusRoutes(deps));
  for (const routes of deps.routes) await server.register(routes);
  return server;
};
