import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Db } from '@tutela/db';
import { parseTilePath, tileWidth } from '@tutela/ledger';
import { cosignedCheckpoint, readTile } from '@tutela/ledger/postgres';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { newestHead } from '../node/queries.js';
import { problemOf, sendProblem } from './problem.js';

export interface LedgerRoutesDeps {
  readonly db: Db;
  /** `public`: whoever keeps a copy on the way may give it to anybody. */
  readonly readers: 'operator' | 'public';
}

export const ledgerPrefix = '/ledger/';

const compress = promisify(gzip);
/** Less is not worth the header. */
const worthCompressing = 1000;

/**
 * The log as static files (C2SP tlog-tiles): `/ledger/checkpoint`, `/ledger/tile/<L>/<N>[.p/<W>]`,
 * `/ledger/tile/entries/<N>[.p/<W>]`. What is served at one address once is served there for ever, but for the checkpoint.
 */
export const ledgerRoutes =
  ({ db, readers }: LedgerRoutesDeps): FastifyPluginAsync =>
  async (server) => {
    const absent = (reply: FastifyReply) => sendProblem(reply, problemOf(404, 'not-found', reply.request.id));

    server.get(`${ledgerPrefix}checkpoint`, async (_, reply) => {
      const newest = await newestHead(db);
      const head = newest && (await cosignedCheckpoint(db, BigInt(newest.size)));
      if (head === undefined) return absent(reply);
      return reply.type('text/plain; charset=utf-8').send(head.note);
    });

    server.get<{ Params: { readonly '*': string } }>(`${ledgerPrefix}tile/*`, async (request, reply) => {
      const place = parseTilePath(`tile/${request.params['*']}`);
      const tile = place && (await readTile(db, place));
      if (place === undefined || tile?.kind !== 'done') return absent(reply);
      const kept = `${readers === 'public' ? 'public' : 'private'}, max-age=31536000, immutable`;
      // A partial tile may be dropped once it is full: who asks for it again asks for the full one.
      reply.header('Cache-Control', place.width === tileWidth ? kept : kept.replace('31536000', '3600'));
      reply.type('application/octet-stream');
      const body = Buffer.from(tile.value);
      if (place.kind !== 'entries') return reply.send(body);
      reply.header('Vary', 'Accept-Encoding');
      const accepts = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      if (!accepts || body.length < worthCompressing) return reply.send(body);
      return reply.header('Content-Encoding', 'gzip').send(await compress(body));
    });
  };
