import {
  formatCategorizations,
  formatMembers,
  formatReasons,
  formatStatus,
  formatSubmissionResult,
} from '@tutela/hashlist';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { categorizationGroups, reasonsFor } from '../categories.js';
import type { ListDeps } from '../deps.js';
import { participants } from '../queries/catalogue.js';
import { findVisible } from '../queries/serving.js';
import type { LargeFingerprints } from '../schema.js';
import { admission, subscriberOf } from './admission.js';
import { type AskedWindow, entriesPage } from './entries.js';
import { type NamedFingerprint, takeFeedback, typeNamed } from './feedback.js';
import { noteProbe } from './probing.js';

const largestBody = 64 * 1024;

/**
 * NCMEC's Hash Sharing API v2 for each list: `/hashsharing/<list>/v2/…`. To submit, update and retract own entries is
 * not offered: those paths are not public.
 */
export const exchangeRoutes =
  (deps: ListDeps): FastifyPluginAsync =>
  async (server) => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'string', bodyLimit: largestBody }, (_, body, parsed) => {
      parsed(null, body);
    });
    server.addHook('onRequest', admission(deps));
    const root = '/hashsharing/:list/v2';

    server.get(`${root}/status`, (request, reply) => {
      const { member, name, username } = subscriberOf(request);
      return xml(reply, formatStatus({ ipAddress: request.ip, username, member: { id: member, name } }));
    });

    server.get(`${root}/members`, async (request, reply) =>
      xml(reply, formatMembers(await participants(deps.db, subscriberOf(request).list))),
    );

    server.get(`${root}/categorizations`, (_, reply) => xml(reply, formatCategorizations(categorizationGroups)));

    server.get<{ Params: { type: string } }>(`${root}/feedback/:type/reasons`, (request, reply) => {
      const type = typeNamed(request.params.type);
      return type === undefined ? reply.code(404).send('') : xml(reply, formatReasons(type, reasonsFor(type)));
    });

    server.get<{ Querystring: AskedWindow }>(`${root}/entries`, async (request, reply) => {
      const page = await entriesPage(deps, subscriberOf(request), request.query);
      return page === undefined ? await reply.code(400).send('') : await xml(reply, page);
    });

    server.get<{ Params: NamedFingerprint }>(
      `${root}/entries/:memberId/:entryId/fingerprints/:type`,
      async (request, reply) => {
        const { list, member } = subscriberOf(request);
        const { memberId, entryId, type } = request.params;
        const entry = await findVisible(deps.db, { list, member, submitter: memberId, id: entryId });
        const held = entry?.large[type as keyof LargeFingerprints];
        const opened = held && (await deps.vault.open(held.sha256));
        if (opened?.kind === 'done')
          return await reply
            .type('application/octet-stream')
            .header('content-length', held?.size)
            .send(opened.value.bytes);
        await noteProbe(deps, { list, source: `member/${member}`, kind: 'unknown-entry' });
        return await reply.code(404).send('');
      },
    );

    server.put<{ Params: NamedFingerprint; Body: string }>(
      `${root}/entries/:memberId/:entryId/:type/feedback`,
      async (request, reply) => {
        const taken = await takeFeedback(deps, subscriberOf(request), request.params, request.body ?? '');
        if (taken.kind === 'done') return await xml(reply, formatSubmissionResult());
        return await reply.code(taken.reason.code === 'unknown-entry' ? 404 : 400).send('');
      },
    );
  };

const xml = async (reply: FastifyReply, document: string): Promise<FastifyReply> =>
  await reply.type('application/xml; charset=utf-8').header('cache-control', 'no-store').send(document);
