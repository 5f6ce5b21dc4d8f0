import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { personOf, refuse } from '@tutela/http';
import { pulledBody, pullWish } from '../../api/referral.js';
import type { RouteDeps } from '../route-deps.js';

/**
 * `POST /investigator/referrals/pull`: fetches what is new from a feed that the operator configured under that name, and
 * acknowledges it. What breaks off is gone on with by the next call.
 */
export const pullReferralsRoute =
  ({ fetching }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { body: pullWish, response: { 200: pulledBody } };
    server.post('/investigator/referrals/pull', { schema }, async (request, reply) => {
      const actor = personOf(request);
      const { feed } = request.body;
      const pulled = await fetching?.pull({ feed, actor });
      if (pulled === undefined) return refuse(reply, { code: 'unknown-feed', message: 'this desk has no feeds' });
      if (pulled.kind !== 'done') return refuse(reply, pulled.reason);
      const { referrals, imported, reports, withdrawn, refused, position } = pulled.value;
      const failed = refused.map((one) => ({ ...one }));
      return { feed, referrals, imported, alreadyHere: reports - imported, withdrawn, refused: failed, position };
    });
  };
