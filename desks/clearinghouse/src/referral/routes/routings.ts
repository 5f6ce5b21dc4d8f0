import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { personOf } from '@tutela/http';
import { Type } from 'typebox';
import { nullable, page, reportNumber } from '../../routes/parameters.js';
import { standingReferrals } from '../queries/pending.js';
import { countByCountry, openRoutings, type RoutingRow, routingsOf } from '../queries/routings.js';
import type { ReferralId } from '../schema.js';
import { routeAgain, sendReport } from '../send-report.js';
import { problem, reason, uuid } from './parameters.js';

const text = Type.String();
export const routingBody = Type.Object({
  reportNumber,
  /** `ZZ`: nothing in the report names a country. */
  country: text,
  outcome: Type.Enum(['referred', 'unroutable', 'held']),
  reason: nullable(text),
  authorityId: nullable(text),
  lane: Type.Enum(['crisis', 'normal', 'diverted']),
  label: Type.Enum(['referral', 'informational']),
  routedAt: text,
});
const routingJson = (row: RoutingRow) => ({
  reportNumber: row.report_number,
  country: row.country,
  outcome: row.outcome,
  reason: row.reason,
  authorityId: row.authority_id,
  lane: row.lane,
  label: row.label,
  routedAt: row.routed_at,
});
export const reportRoutingsBody = Type.Object({
  routings: Type.Array(routingBody),
  /** Referrals that were not recalled. */
  standing: Type.Array(
    Type.Object({ referralId: text, authorityId: text, country: text, kind: Type.Enum(['report', 'bundle']) }),
  ),
});
const count = Type.Integer({ minimum: 0 });
export const countryCount = Type.Object({
  country: text,
  reports: count,
  referred: count,
  informational: count,
  held: count,
  unroutable: count,
});
const params = Type.Object({ reportNumber });

/** `/clearinghouse/routings…`: what went where, what is left for a person, and what a person does about it. */
export const routingRoutes =
  (deps: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db } = deps;
    server.get(
      '/clearinghouse/routings',
      {
        schema: {
          querystring: Type.Object({
            ...page,
            country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
            outcome: Type.Optional(Type.Enum(['unroutable', 'held'])),
            reason: Type.Optional(text),
          }),
          response: { 200: Type.Object({ routings: Type.Array(routingBody), next: nullable(reportNumber) }) },
        },
      },
      async ({ query: { before, limit = 50, ...of } }) => {
        const rows = await openRoutings(db, {
          ...of,
          limit,
          ...(before === undefined ? {} : { before: before as ReportNumber }),
        });
        const last = rows.length === limit ? rows.at(-1)?.report_number : undefined;
        return { routings: rows.map(routingJson), next: last ?? null };
      },
    );

    server.get(
      '/clearinghouse/routings/by-country',
      {
        schema: {
          response: {
            200: Type.Object({ countries: Type.Array(countryCount) }),
          },
        },
      },
      async () => ({ countries: [...(await countByCountry(db))] }),
    );

    server.get(
      '/clearinghouse/routings/:reportNumber',
      { schema: { params, response: { 200: reportRoutingsBody } } },
      async (asked) => {
        const number = asked.params.reportNumber as ReportNumber;
        const [routings, standing] = await Promise.all([routingsOf(db, number), standingReferrals(db, [number])]);
        return {
          routings: routings.map(routingJson),
          standing: standing.map(({ referral_id, authority_id, country, kind }) => ({
            referralId: referral_id,
            authorityId: authority_id,
            country,
            kind,
          })),
        };
      },
    );

    server.post(
      '/clearinghouse/routings/:reportNumber/again',
      {
        schema: {
          params,
          body: Type.Object({ way: Type.Enum(['usual', 'singly']) }),
          response: { 200: Type.Object({ queued: Type.Literal('yes') }), 404: problem },
        },
      },
      async (asked, reply) => {
        const number = asked.params.reportNumber as ReportNumber;
        const outcome = await routeAgain(deps, { reportNumber: number, way: asked.body.way, by: personOf(asked) });
        if (outcome.kind === 'done') return { queued: 'yes' as const };
        return await reply.code(404).send({ ...outcome.reason });
      },
    );

    server.post(
      '/clearinghouse/routings/:reportNumber/send',
      {
        schema: {
          params,
          body: Type.Object({ authorityId: text, reason, insteadOf: Type.Optional(uuid) }),
          response: { 200: Type.Object({ referralId: text }), 404: problem, 409: problem },
        },
      },
      async (asked, reply) => {
        const number = asked.params.reportNumber as ReportNumber;
        const insteadOf = asked.body.insteadOf as ReferralId | undefined;
        const outcome = await sendReport(deps, {
          ...asked.body,
          reportNumber: number,
          insteadOf,
          by: personOf(asked),
        });
        if (outcome.kind === 'done') return outcome.value;
        return await reply.code(outcome.reason.code.endsWith('-unknown') ? 404 : 409).send({ ...outcome.reason });
      },
    );
  };
