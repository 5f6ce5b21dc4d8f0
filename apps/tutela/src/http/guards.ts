import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isConsoleRoute } from './console-files.js';
import { problemOf, sendProblem } from './problem.js';

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

const ourNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * A page of another site whose name was made to resolve to this machine (DNS rebinding) asks under its own name, so a
 * name that is not ours is refused (test: "a request under another host name is refused, key or not").
 */
export const hostGuard: Guard = async (request, reply) => {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  return ourNames.has(name) ? undefined : sendProblem(reply, problemOf(421, 'unknown-host', request.id));
};

/**
 * Counterparts come with credentials of their own, which the routes ask for: reporters and authorities to the
 * clearinghouse, agencies to the provider.
 */
const counterpartPrefixes = [
  '/ispws/',
  '/attribution/v1/',
  '/hashsharing/',
  '/feed/v1/',
  '/feedback/v1/',
  '/partner/v1/',
];

/** The form on which anybody reports: it shows nothing that is kept, and takes nothing but a form. */
const publicPrefix = '/public/';

export interface OperatorGuardDeps {
  readonly operatorKey: string;
  /** What a request with the key waits for. Default: nothing. */
  readonly ready?: Promise<void>;
  /** Beginnings of routes that the operator opened to everybody. Default: none. */
  readonly openPrefixes?: readonly string[];
}

/**
 * Whatever is neither open nor a counterpart's wants the operator's key: a new route is closed until somebody opens it.
 */
export const operatorGuard = ({ operatorKey, ready, openPrefixes = [] }: OperatorGuardDeps): Guard => {
  const expected = digest(operatorKey);
  return async (request, reply) => {
    // The route that answers decides, not the address as written. An address without one meets only a 404.
    const route = request.routeOptions.url ?? request.url;
    if (isConsoleRoute(route)) return undefined;
    if ([...counterpartPrefixes, publicPrefix, ...openPrefixes].some((prefix) => route.startsWith(prefix)))
      return undefined;
    const [, given = ''] = /^bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
    // Digests have one length, so that the time taken tells nothing of the key.
    if (timingSafeEqual(digest(given), expected)) {
      await ready;
      return undefined;
    }
    reply.header('WWW-Authenticate', 'Bearer realm="tutela"');
    return sendProblem(reply, problemOf(401, 'operator-key-needed', request.id));
  };
};

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Nothing from elsewhere, nothing inline, nobody's frame; nothing of it is kept on the way. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    // Pictures come through requests that are on record, never by an address in the page.
    "img-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
