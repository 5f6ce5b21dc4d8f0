import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { feedsBody } from '../../api/referral.js';
import { listFeeds } from '../../feed/queries.js';
import type { RouteDeps } from '../route-deps.js';

/** `GET /investigator/referrals/feeds`: what the operator configured, and how far each was read. */
export const listFeedsRoute =
  ({ db, fetching }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get('/investigator/referrals/feeds', { schema: { response: { 200: feedsBody } } }, async () => {
      const [configured, known] = await Promise.all([fetching?.feeds() ?? [], listFeeds(db)]);
      const feeds = configured.map((feed) => {
        const { name, state } = feed;
        if (feed.state !== 'ready')
          return { name, state, clearinghouse: null, authority: null, position: null, pulledAt: null };
        const { baseUrl: clearinghouse, authority } = feed.address;
        const read = known.find((one) => one.base_url === clearinghouse && one.authority === authority);
        return {
          name,
          state,
          clearinghouse,
          authority,
          position: read?.position ?? null,
          pulledAt: read?.pulled_at ?? null,
        };
      });
      return { feeds };
    });
  };
