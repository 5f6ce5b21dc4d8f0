import { randomUUID } from 'node:crypto';
import { type FastifyInstance, type FastifyPluginAsync, fastify } from 'fastify';
import { consoleFiles } from './console-files.js';
import { hostGuard, type OperatorGuardDeps, operatorGuard, securityHeaders } from './guards.js';
import { errorHandler, problemOf, sendProblem } from './problem.js';
import { type StatusDeps, statusRoutes } from './status-routes.js';

export interface HttpDeps extends StatusDeps, OperatorGuardDeps {
  /** The desks' own. */
  readonly routes: readonly FastifyPluginAsync[];
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
  server.addHook('onRequest', operatorGuard(deps));
  server.setErrorHandler(onError);
  server.setNotFoundHandler((request, reply) => sendProblem(reply, problemOf(404, 'not-found', request.id)));
  await server.register(consoleFiles);
  await server.register(statusRoutes(deps));
  for (const routes of deps.routes) await server.register(routes);
  return server;
};
