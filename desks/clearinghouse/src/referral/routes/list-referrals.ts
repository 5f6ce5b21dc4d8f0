import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Db } from '@tutela/db';
import { readWindow, windowBody, windowQuery } from '@tutela/window';
import { Type } from 'typebox';
import { countReferrals, keysOf, type ReferralFilter, readReferrals } from '../queries/listing.js';
import { listed, listedReferral, referralStates } from './referral-body.js';

/**
 * `GET /clearinghouse/referrals`: in the order of the triage queue (what may not wait, then the higher priority, then the
 * older), or with `order=newest` by when they were made. In windows (`@tutela/window`); a cursor is of its order.
 */
export const listReferralsRoute =
  ({ db }: { readonly db: Db }): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/referrals',
      {
        schema: {
          querystring: Type.Object({
            ...windowQuery,
            order: Type.Optional(Type.Enum(['urgent', 'newest'])),
            authority: Type.Optional(Type.String()),
            country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
            /** `open`: no authority has taken it over, and it was not withdrawn. */
            state: Type.Optional(Type.Enum([...referralStates, 'open'])),
          }),
          response: { 200: windowBody(listedReferral) },
        },
      },
      async ({ query: { order = 'urgent', authority, country, state, ...window } }) => {
        const filter: ReferralFilter = {
          ...(authority !== undefined && { authority }),
          ...(country !== undefined && { country }),
          ...(state !== undefined && { state }),
        };
        const found = await readWindow(
          {
            read: (stretch) => readReferrals(db, filter, { order, stretch }),
            count: () => countReferrals(db, filter),
            ...keysOf[order],
          },
          window,
        );
        return { ...found, rows: await listed(db, found.rows) };
      },
    );
  };
