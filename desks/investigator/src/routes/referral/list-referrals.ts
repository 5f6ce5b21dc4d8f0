import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readWindow } from '@tutela/window';
import { type ReferredBody, referredListBody, referredQuery } from '../../api/referral.js';
import { countReferred, type ReferredReport, windowOfReferred } from '../../feed/queries.js';
import type { RouteDeps } from '../route-deps.js';
import { defined } from '../told.js';

/** `GET /investigator/referrals`: a window; crises first, in each lane the one that waits longest. */
export const listReferralsRoute =
  ({ db }: RouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const schema = { querystring: referredQuery, response: { 200: referredListBody } };
    server.get('/investigator/referrals', { schema }, async ({ query: { state, report, ...asked } }) => {
      const filter = defined({ state, report });
      const found = await readWindow(
        {
          read: (stretch) => windowOfReferred(db, filter, stretch),
          count: () => countReferred(db, filter),
          keyOf: (row) => [row.lane, row.pulled_at, row.feed_id, row.referral_id, row.report_number],
          keyLength: 5,
        },
        asked,
      );
      return { ...found, rows: found.rows.map(referredView) };
    });
  };

const referredView = (row: ReferredReport): ReferredBody => ({
  reportId: row.report_id,
  reportNumber: row.report_number,
  referralId: row.referral_id,
  clearinghouse: row.base_url,
  authority: row.authority,
  label: row.label,
  lane: row.lane,
  esp: row.esp_name,
  incidentType: row.incident_type,
  receivedAt: row.received_at,
  fetchedAt: row.pulled_at,
  withdrawnAt: row.withdrawn_at,
  documentSha256: row.document_sha256,
  cases: [...row.cases],
});
