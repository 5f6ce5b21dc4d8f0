import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';

const folder = new URL('../../console/', import.meta.url);
const files = [
  { path: '/', name: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/console.css', name: 'console.css', type: 'text/css; charset=utf-8' },
  { path: '/console.js', name: 'console.js', type: 'text/javascript; charset=utf-8' },
  { path: '/approvals', name: 'approvals.html', type: 'text/html; charset=utf-8' },
  { path: '/approvals.js', name: 'approvals.js', type: 'text/javascript; charset=utf-8' },
] as const;

/** The console's pages, read once. */
export const consoleFiles: FastifyPluginAsync = async (server) => {
  for (const { path, name, type } of files) {
    const bytes = await readFile(new URL(name, folder));
    server.get(path, async (_, reply) => reply.type(type).send(bytes));
  }
};
