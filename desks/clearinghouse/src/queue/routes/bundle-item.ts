import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Clock } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { actorOf, personOf, refuse } from '@tutela/http';
import { readWindow, windowBody, windowQuery } from '@tutela/window';
import { Type } from 'typebox';
import {
  decideBundle,
  dissolveBundle,
  removeMember,
  restoreBundle,
  returnMember,
  withdrawDecision,
} from '../../bundle/acts.js';
import { findBundle } from '../../bundle/queries/acts.js';
import { nullable, reportNumber } from '../../routes/parameters.js';
import { countMembers, type MemberRow, readMembers } from '../queries/detail.js';
import { historyOfBundle } from '../queries/history.js';
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
} from './item-body.js';

const bundleId = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const params = Type.Object({ bundleId });
const memberParams = Type.Object({ bundleId, reportNumber });
const reason = Type.String({ pattern: '\\S', maxLength: 2000 });
const reasoned = Type.Object({ reason });
const path = '/clearinghouse/triage/bundles/:bundleId';

export const bundleItemBody = Type.Object({
  bundleId,
  kind: bundleKind,
  madeAt: Type.String(),
  dissolvedAt: nullable(Type.String()),
  decision: nullable(Type.Object({ label, reason: Type.String(), by: Type.String(), at: Type.String() })),
  members: Type.Integer(),
  /** Absent while no report is shown in it. */
  item: nullable(itemBody),
  history: historyBody,
});

export const bundleMember = Type.Object({
  reportNumber,
  organisation: Type.String(),
  incidentType: Type.String(),
  because,
  joinedAt: Type.String(),
  leftAt: nullable(Type.String()),
  shownIn: nullable(Type.String()),
  lane: nullable(lane),
  priority: nullable(Type.Integer()),
  label: nullable(label),
  labelOrigin: nullable(labelOrigin),
  countries: Type.Array(Type.String()),
});

const memberJson = (row: MemberRow) => ({
  reportNumber: row.report_number,
  organisation: row.organisation,
  incidentType: row.incident_type,
  because: row.because.map((one) => ({ ...one })),
  joinedAt: row.joined_at,
  leftAt: row.left_at,
  shownIn: row.item,
  lane: row.lane,
  priority: row.priority,
  label: row.label,
  labelOrigin: row.label_origin,
  countries: [...row.countries],
});

/** `GET …/bundles/:bundleId` and its members, why each is in it; acts on it, each with a reason and reversible. */
export const bundleItemRoutes =
  (deps: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncTypebox =>
  async (server) => {
    const { db } = deps;
    server.get(path, { schema: { params, response: { 200: bundleItemBody } } }, async (request, reply) => {
      const bundle = await findBundle(db, request.params.bundleId);
      if (bundle === undefined) {
        return refuse(reply, { code: 'bundle-unknown', message: `there is no bundle ${request.params.bundleId}` });
      }
      const { bundle_id, decided_label, decided_reason, decided_by, decided_at } = bundle;
      const item = await findItem(db, `bundle/${bundle_id}`, actorOf(request));
      return {
        bundleId: bundle_id,
        kind: bundle.kind,
        madeAt: bundle.made_at,
        dissolvedAt: bundle.dissolved_at,
        decision:
          decided_label === null
            ? null
            : { label: decided_label, reason: decided_reason ?? '', by: decided_by ?? '', at: decided_at ?? '' },
        members: await countMembers(db, bundle_id),
        item: item === undefined ? null : itemJson(item),
        history: historyJson(await historyOfBundle(db, bundle_id)),
      };
    });

    server.get(
      `${path}/members`,
      { schema: { params, querystring: Type.Object(windowQuery), response: { 200: windowBody(bundleMember) } } },
      async ({ params: { bundleId: id }, query }) => {
        const source = {
          read: (stretch: Parameters<typeof readMembers>[2]) => readMembers(db, id, stretch),
          count: () => countMembers(db, id),
          keyOf: (row: MemberRow) => [row.report_number],
          keyLength: 1,
        };
        const found = await readWindow(source, query);
        return { ...found, rows: found.rows.map(memberJson) };
      },
    );

    const decision = Type.Object({ label, reason });
    server.post(`${path}/decide`, { schema: { params, body: decision } }, async (request, reply) => {
      const acted = await decideBundle(deps, { ...request.params, ...request.body, person: personOf(request) });
      return acted.kind === 'done' ? {} : refuse(reply, acted.reason);
    });

    const acts = { 'withdraw-decision': withdrawDecision, dissolve: dissolveBundle, restore: restoreBundle } as const;
    for (const [name, act] of Object.entries(acts)) {
      server.post(`${path}/${name}`, { schema: { params, body: reasoned } }, async (request, reply) => {
        const acted = await act(deps, { ...request.params, ...request.body, person: personOf(request) });
        return acted.kind === 'done' ? {} : refuse(reply, acted.reason);
      });
    }

    const moves = { remove: removeMember, return: returnMember } as const;
    for (const [name, move] of Object.entries(moves)) {
      server.post(
        `${path}/members/:reportNumber/${name}`,
        { schema: { params: memberParams, body: reasoned } },
        async (request, reply) => {
          const moved = await move(deps, {
            bundleId: request.params.bundleId,
            reportNumber: request.params.reportNumber as ReportNumber,
            reason: request.body.reason,
            person: personOf(request),
          });
          return moved.kind === 'done' ? {} : refuse(reply, moved.reason);
        },
      );
    }
  };
