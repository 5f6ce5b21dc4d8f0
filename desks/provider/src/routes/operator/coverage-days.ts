import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { refuse } from '@tutela/http';
import { coverageDaysBody, coverageDaysQuery, dayGapsBody } from '../../api/coverage.js';
import { dayParams } from '../../api/log.js';
import type { OrderDeps } from '../../order/order-deps.js';
import { newestDay, readCoveredDays } from '../../queries/coverage-days.js';
import { dayGaps } from '../../readiness/day-gaps.js';

const dayMs = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** `GET /provider/coverage/days?to=&days=`: what is kept day by day. `…/days/:day`: the gaps of a day, with their cause. */
export const coverageDaysRoutes =
  (deps: OrderDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db, clock } = deps;
    const schema = { querystring: coverageDaysQuery, response: { 200: coverageDaysBody } };
    server.get('/provider/coverage/days', { schema }, async ({ query: { to, days } }) => {
      const last = to ?? (await newestDay(db)) ?? clock.now().slice(0, 10);
      const from = dayOf(Date.parse(`${last}T00:00:00Z`) - (days - 1) * dayMs);
      const kept = await readCoveredDays(db, from, last);
      const exporters = [...new Set(kept.map(({ exporter }) => exporter))].map((exporter) => ({
        exporter,
        days: kept
          .filter((one) => one.exporter === exporter)
          .map(({ day, coveredShare, gaps, records }) => ({ day, coveredShare, gaps, records })),
      }));
      return { from, to: last, exporters };
    });
    const ofDay = { params: dayParams, response: { 200: dayGapsBody } };
    server.get('/provider/coverage/days/:day', { schema: ofDay }, async ({ params }, reply) => {
      const read = await dayGaps(deps, params.day);
      return read.kind === 'done'
        ? { day: params.day, exporters: [...read.value] }
        : refuse(reply, { code: 'day-not-kept', message: read.reason.message });
    });
  };
