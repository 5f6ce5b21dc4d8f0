import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import {
  acknowledgementSchema,
  feedbackSchema,
  feedPageSchema,
  feedPrefix,
  feedProblemSchema,
  feedStatisticsSchema,
  largestPage,
  referralDocumentSchema,
  referralIdPattern,
  reportNumberPattern,
} from '@tutela/feed';
import type { Compartment } from '@tutela/vault';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { sendReport } from '../export/forms.js';
import { findReferral } from '../referral/queries/referrals.js';
import type { AuthorityId, ReferralId } from '../referral/schema.js';
import { authorityOf } from './credentials.js';
import { documentOf, entryOf, statisticsOf } from './documents.js';
import { acknowledge, downloadReport, type FeedRefusal, giveFeedback } from './download.js';
import { listEntries } from './queries.js';

interface FeedRouteDeps {
  readonly db: Db;
  readonly vault: Compartment;
  readonly clock: Clock;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of the feed runs. */
    feedAuthority: AuthorityId | null;
  }
}

const params = Type.Object({ referralId: Type.String({ pattern: referralIdPattern }) });
const problems = { 401: feedProblemSchema, 404: feedProblemSchema, 410: feedProblemSchema } as const;
const statusOf: Readonly<Record<FeedRefusal, 404 | 410>> = {
  'referral-unknown': 404,
  'report-unknown': 404,
  recalled: 410,
};

/**
 * `/feed/v1/…`: what an authority fetches, with its own credential: what is meant for it and nothing else
 * (test: "every endpoint of the feed shows an authority its own referrals and those of nobody else"). Who asks is known
 * before any route of it runs, so that no route can forget to ask.
 */
export const feedRoutes =
  (deps: FeedRouteDeps): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db, vault } = deps;
    server.decorateRequest('feedAuthority', null);
    server.addHook('onRequest', async (request, reply) => {
      request.feedAuthority = (await authorityOf(db, request.headers.authorization)) ?? null;
      if (request.feedAuthority !== null) return undefined;
      const problem = { code: 'credential-needed', message: 'send the credential that was issued' };
      return await reply.code(401).header('www-authenticate', 'Basic realm="tutela-feed"').send(problem);
    });
    const own = (request: FastifyRequest, referralId: string) => ({
      authorityId: request.feedAuthority as AuthorityId,
      referralId: referralId as ReferralId,
    });
    const refuse = (reply: FastifyReply, reason: { readonly code: FeedRefusal; readonly message: string }) =>
      reply.code(statusOf[reason.code]).send({ ...reason });

    server.get(
      `${feedPrefix}referrals`,
      {
        schema: {
          querystring: Type.Object({
            since: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: largestPage, default: 100 })),
          }),
          response: { 200: feedPageSchema, 401: feedProblemSchema },
        },
      },
      async (request) => {
        const { since = 0, limit = 100 } = request.query;
        const rows = await listEntries(db, { authorityId: request.feedAuthority as AuthorityId, since, limit });
        return { entries: rows.map(entryOf), next: rows.at(-1)?.position ?? since };
      },
    );

    server.get(
      `${feedPrefix}referrals/:referralId`,
      { schema: { params, response: { 200: referralDocumentSchema, ...problems } } },
      async (request, reply) => {
        const { authorityId, referralId } = own(request, request.params.referralId);
        const referral = await findReferral(db, referralId);
        if (referral?.authority_id === authorityId) return await documentOf(db, referral);
        return await refuse(reply, { code: 'referral-unknown', message: 'there is no such referral' });
      },
    );

    const ofReport = Type.Object({
      ...params.properties,
      reportNumber: Type.String({ pattern: reportNumberPattern }),
    });
    for (const form of ['json', 'pdf', 'zip'] as const) {
      server.get(
        `${feedPrefix}referrals/:referralId/reports/:reportNumber.${form}`,
        { schema: { params: ofReport } },
        async (request, reply) => {
          const reportNumber = request.params.reportNumber as ReportNumber;
          const asked = { ...own(request, request.params.referralId), reportNumber, form };
          const disclosed = await downloadReport(deps, asked);
          if (disclosed.kind !== 'done') return await refuse(reply, disclosed.reason as never);
          return await sendReport(reply, vault, { form, disclosure: disclosed.value });
        },
      );
    }

    const noted = Type.Object({ noted: Type.Literal('yes') });
    server.post(
      `${feedPrefix}referrals/:referralId/acknowledgement`,
      { schema: { params, body: acknowledgementSchema, response: { 200: noted, ...problems } } },
      async (request, reply) => {
        const outcome = await acknowledge(deps, own(request, request.params.referralId), request.body);
        if (outcome.kind !== 'done') return await refuse(reply, outcome.reason as never);
        return { noted: 'yes' as const };
      },
    );

    server.post(
      `${feedPrefix}referrals/:referralId/feedback`,
      { schema: { params, body: feedbackSchema, response: { 200: noted, ...problems } } },
      async (request, reply) => {
        const outcome = await giveFeedback(deps, own(request, request.params.referralId), request.body);
        if (outcome.kind !== 'done') return await refuse(reply, outcome.reason as never);
        return { noted: 'yes' as const };
      },
    );

    server.get(
      `${feedPrefix}statistics`,
      { schema: { response: { 200: feedStatisticsSchema, 401: feedProblemSchema } } },
      (request) => statisticsOf(db, request.feedAuthority as AuthorityId),
    );
  };
