import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { PortChoice } from '../config/config.js';
import { TutelaError } from '../tutela-error.js';

const ownHost = '127.0.0.1';
const portsTried = 50;

/**
 * Listens on this machine's own address only, unless another is asked for.
 * @returns the origin, such as `http://127.0.0.1:8642`
 * @throws TutelaError `usage` when the port asked for is taken
 */
export const listen = async (server: FastifyInstance, choice: PortChoice, host = ownHost): Promise<string> => {
  const last = choice.kind === 'exactly' ? choice.port : choice.port + portsTried - 1;
  for (let port = choice.port; port <= last; port++) {
    if (port !== 0 && (await isTaken(host, port))) continue;
    return server.listen({ host, port });
  }
  const which = choice.kind === 'exactly' ? `Port ${last} is` : `The ports ${choice.port} to ${last} are all`;
  throw new TutelaError(
    'usage',
    `${which} taken or not allowed.`,
    'Choose another with --port (0 takes any free one).',
  );
};

const isTaken = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(true));
    probe.listen({ host, port }, () => probe.close(() => resolve(false)));
  });
