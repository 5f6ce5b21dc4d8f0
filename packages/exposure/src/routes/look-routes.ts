import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Outcome } from '@tutela/core';
import { personOf } from '@tutela/http';
import type { FastifyReply } from 'fastify';
import type { Static, TObject } from 'typebox';
import { revealBody } from '../api.js';
import type { ExposureDeps, Looker, LookSubject } from './deps.js';
import { makePreview, makeReveal } from './show.js';

/** Where a desk's files are, and how one is found. */
export interface LookPlace<Params extends TObject> {
  /** Such as `/platform/matches/:id`. */
  readonly path: string;
  readonly params: Params;
  /** `nothing`: there is no such file. `refused`: there is, and this person may not see it now, by name. */
  readonly find: (params: Static<Params>, looker: Looker) => Promise<Outcome<LookSubject, string>>;
}

/**
 * `GET …/preview`: the degraded picture. `POST …/reveal` with a reason: the original's pixels, counted, on record, with
 * the reveal's id in the header `tutela-reveal` and the moment it closes in `tutela-reveal-closes`. Both `image/webp`.
 */
export const lookRoutes =
  <Params extends TObject>(deps: ExposureDeps, { path, params, find }: LookPlace<Params>): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(`${path}/preview`, { schema: { params } }, async (request, reply) => {
      const looker: Looker = { person: personOf(request), at: deps.clock.now(), how: 'preview' };
      const found = await find(request.params as Static<Params>, looker);
      if (found.kind !== 'done') return refuse(reply, found);
      const made = await makePreview(deps, found.value, looker);
      return made.kind === 'done' ? send(reply, made.value) : refuse(reply, made);
    });

    server.post(`${path}/reveal`, { schema: { params, body: revealBody } }, async (request, reply) => {
      const looker: Looker = { person: personOf(request), at: deps.clock.now(), how: 'reveal' };
      const found = await find(request.params as Static<Params>, looker);
      if (found.kind !== 'done') return refuse(reply, found);
      const made = await makeReveal(deps, found.value, { ...looker, reason: request.body.reason });
      if (made.kind !== 'done') return refuse(reply, made);
      const { reveal, picture } = made.value;
      reply.header('tutela-reveal', reveal.reveal_id).header('tutela-reveal-closes', reveal.closes_at);
      return send(reply, picture);
    });
  };

const send = (reply: FastifyReply, picture: Buffer): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('content-disposition', 'inline')
    .type('image/webp')
    .send(picture);

const refuse = (reply: FastifyReply, { kind, reason }: Exclude<Outcome<unknown>, { readonly kind: 'done' }>) => {
  const { code, message } = reason;
  const body = code === 'no-preview' ? { code, message: `There is no picture: ${message}.`, reason: message } : reason;
  return reply
    .header('cache-control', 'no-store')
    .code(statuses[code] ?? byKind[kind])
    .send(body);
};

const statuses: Readonly<Record<string, number>> = { 'no-preview': 422 };
const byKind = { nothing: 404, refused: 403, limited: 422, undecidable: 422, failed: 503 } as const;
