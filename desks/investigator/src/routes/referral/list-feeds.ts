import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type FeedsBody, feedsBody } from '../../api/referral.js';
import { feedStandings } from '../../feed/feed-standing.js';
import type { RouteDeps } from '../route-deps.js';

/** `GET /investigator/referrals/feeds`: what the operator configured, when each was and will be read, what stands against it. */
export const listFeedsRoute =
  ({ db, clock, fetching }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/investigator/referrals/feeds',
      { schema: { response: { 200: feedsBody } } },
      async (): Promise<FeedsBody> => {
        const feeds = await feedStandings(db, (await fetching?.feeds()) ?? [], clock.now());
        return {
          feeds: feeds.map(({ fault, unread, ...feed }) => ({
            ...feed,
            fault: fault && { ...fault },
            unread: unread.map((one) => ({ ...one })),
          })),
        };
      },
    );
  };
