import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { actorOf, personOf, refuse } from '@tutela/http';
import { Type } from 'typebox';
import { nullable, reportNumber } from '../../routes/parameters.js';
import { labelReport } from '../../triage/label-report.js';
import { listJudgements } from '../../triage/queries/judgements.js';
import { findStanding, listEarlier, listMemberships } from '../queries/detail.js';
import { historyOfReport } from '../queries/history.js';
import { findItem } from '../queries/listing.js';
import {
  because,
  bundleKind,
  historyBody,
  historyJson,
  itemBody,
  itemJson,
  label,
  labelOrigin,
  lane,
  scores,
  weighedFacts,
  weighedFactsJson,
} from './item-body.js';

const facts = Type.Object({
  ...weighedFacts,
  context: Type.Object({ finishedAt: Type.String(), earlierReports: Type.Integer() }),
});

const judgementBody = Type.Object({
  version: Type.Integer(),
  policyVersion: Type.String(),
  lane,
  label,
  labelReason: Type.String(),
  labelledBy: Type.String(),
  ...scores,
  facts,
  triagedAt: Type.String(),
});

export const reportItemBody = Type.Object({
  /** Where the report is found: itself, or the bundle that shows it. */
  shownIn: itemBody,
  standing: Type.Object({
    version: Type.Integer(),
    policyVersion: Type.String(),
    lane,
    ...scores,
    label,
    labelReason: Type.String(),
    labelledBy: Type.String(),
    labelOrigin,
  }),
  /** The newest first; none is ever overwritten. */
  judgements: Type.Array(judgementBody),
  bundles: Type.Array(
    Type.Object({
      bundleId: Type.String(),
      kind: bundleKind,
      because,
      joinedAt: Type.String(),
      leftAt: nullable(Type.String()),
      dissolvedAt: nullable(Type.String()),
      decidedLabel: nullable(label),
      members: Type.Integer(),
    }),
  ),
  earlierReports: Type.Array(reportNumber),
  history: historyBody,
});

const params = Type.Object({ reportNumber });

/** `GET /clearinghouse/triage/reports/:reportNumber`: both scores explained; `POST …/label` with a reason. */
export const reportItemRoutes =
  ({ db, clock }: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    server.get(
      '/clearinghouse/triage/reports/:reportNumber',
      { schema: { params, response: { 200: reportItemBody } } },
      async (request, reply) => {
        const number = request.params.reportNumber as ReportNumber;
        const standing = await findStanding(db, number);
        const shownIn = standing && (await findItem(db, standing.item, actorOf(request)));
        if (standing === undefined || shownIn === undefined) {
          return refuse(reply, { code: 'report-unknown', message: `no report ${number} was judged` });
        }
        const judgements = await listJudgements(db, number);
        return {
          shownIn: itemJson(shownIn),
          standing: {
            version: standing.version,
            policyVersion: standing.policy_version,
            lane: standing.lane,
            completeness: standing.completeness,
            priority: standing.priority,
            label: standing.label,
            labelReason: standing.label_reason,
            labelledBy: standing.labelled_by,
            labelOrigin: standing.label_origin,
          },
          judgements: judgements.map((row) => ({
            version: row.version,
            policyVersion: row.policy_version,
            lane: row.lane,
            label: row.label,
            labelReason: row.label_reason,
            labelledBy: row.labelled_by,
            completeness: row.completeness,
            priority: row.priority,
            facts: {
              ...weighedFactsJson(row.facts),
              context: { ...row.facts.context },
            },
            triagedAt: row.triaged_at,
          })),
          bundles: (await listMemberships(db, number)).map((row) => ({
            bundleId: row.bundle_id,
            kind: row.kind,
            because: row.because.map((one) => ({ ...one })),
            joinedAt: row.joined_at,
            leftAt: row.left_at,
            dissolvedAt: row.dissolved_at,
            decidedLabel: row.decided_label,
            members: row.members,
          })),
          earlierReports: [...(await listEarlier(db, number))],
          history: historyJson(await historyOfReport(db, number)),
        };
      },
    );

    server.post(
      '/clearinghouse/triage/reports/:reportNumber/label',
      { schema: { params, body: Type.Object({ label, reason: Type.String({ pattern: '\\S', maxLength: 2000 }) }) } },
      async (request, reply) => {
        const labelled = await labelReport(
          { db, clock },
          {
            reportNumber: request.params.reportNumber as ReportNumber,
            ...request.body,
            person: personOf(request),
          },
        );
        return labelled.kind === 'done' ? { version: labelled.value } : refuse(reply, labelled.reason);
      },
    );
  };
