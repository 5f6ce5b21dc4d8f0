import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyPluginAsync } from 'fastify';
import { TutelaError } from '../tutela-error.js';

const built = fileURLToPath(new URL('../../../console/dist/web/', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
const typeOf = (name: string): string => types[path.extname(name)] ?? 'application/octet-stream';
/** The name of such a file says what is in it, so that it is never another. */
const forEver = 'public, max-age=31536000, immutable';

/** Addresses that give only the empty console: the page finds its screen by itself. */
const pageRoutes = ['/', '/desk/*'] as const;
/** Where approvals were once: who kept the address comes to their screen, with what stands behind `#`. */
const formerApprovals = '/approvals';

/** Routes of the console's own files, which hold no data and give no power. */
export const isConsoleRoute = (route: string): boolean =>
  (pageRoutes as readonly string[]).includes(route) ||
  route.startsWith('/assets/') ||
  ['/press.css', '/icon.svg', formerApprovals].includes(route);

/**
 * The console's files, read once.
 * @throws TutelaError `usage` when it is not built
 */
export const consoleFiles: FastifyPluginAsync = async (server) => {
  const page = await readFile(path.join(built, 'index.html')).catch((cause: unknown) => {
    throw new TutelaError('usage', 'The console is not built.', 'node scripts/build.mjs builds it.', { cause });
  });
  for (const route of pageRoutes) server.get(route, async (_, reply) => reply.type(types['.html'] ?? '').send(page));
  server.get(formerApprovals, async (_, reply) => reply.redirect('/desk/oversight/approvals', 301));
  for (const name of ['press.css', 'icon.svg']) {
    const bytes = await readFile(path.join(built, name));
    server.get(`/${name}`, async (_, reply) => reply.type(typeOf(name)).send(bytes));
  }
  for (const name of await readdir(path.join(built, 'assets'))) {
    const bytes = await readFile(path.join(built, 'assets', name));
    const packed = gzipSync(bytes);
    server.get(`/assets/${name}`, async (request, reply) => {
      reply.type(typeOf(name)).header('Cache-Control', forEver).header('Vary', 'Accept-Encoding');
      const accepts = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      return accepts ? reply.header('Content-Encoding', 'gzip').send(packed) : reply.send(bytes);
    });
  }
};
