import { Type } from 'typebox';
import { nullable, reportNumber } from '../../routes/parameters.js';
import type { HistoryRow } from '../queries/history.js';
import type { ItemRow } from '../queries/listing.js';

export const lane = Type.Enum(['crisis', 'normal', 'diverted']);
export const label = Type.Enum(['referral', 'informational']);
export const bundleKind = Type.Enum(['file', 'picture', 'account', 'incident']);
export const labelOrigin = Type.Enum(['policy', 'person', 'bundle']);
const score = Type.Integer({ minimum: 0, maximum: 100 });
export const scores = { completeness: score, priority: score };

const fact = { id: Type.String(), path: Type.String(), weight: Type.Integer() };
export const weighedFacts = {
  completeness: Type.Array(Type.Object({ ...fact, state: Type.Enum(['present', 'absent', 'not-applicable']) })),
  priority: Type.Array(Type.Object({ ...fact, lane: Type.Optional(Type.Enum(['crisis', 'diverted'])) })),
};

export const weighedFactsJson = (facts: ItemRow['facts']) => ({
  completeness: facts.completeness.map((one) => ({ ...one })),
  priority: facts.priority.map((one) => ({ ...one })),
});

export const itemBody = Type.Object({
  /** `report/1000001` or `bundle/UUID`. */
  item: Type.String(),
  reportNumber: nullable(reportNumber),
  bundleId: nullable(Type.String()),
  bundleKind: nullable(bundleKind),
  lane,
  ...scores,
  label,
  state: Type.Enum(['waiting', 'decided']),
  /** None: unknown. */
  countries: Type.Array(Type.String()),
  reports: Type.Integer({ minimum: 1 }),
  organisation: nullable(Type.String()),
  incidentType: nullable(Type.String()),
  since: Type.String(),
  changedAt: Type.String(),
  claimedBy: nullable(Type.String()),
  claimedAt: nullable(Type.String()),
  /** For the person who asks. */
  seen: Type.Enum(['read', 'unread']),
  /** What both numbers are made of; of a bundle, those of its report of the highest priority. */
  facts: Type.Object(weighedFacts),
});

export const itemJson = (row: ItemRow) => ({
  item: row.item,
  reportNumber: row.report_number,
  bundleId: row.bundle_id,
  bundleKind: row.bundle_kind,
  lane: row.lane,
  completeness: row.completeness,
  priority: row.priority,
  label: row.label,
  state: row.state,
  countries: [...row.countries],
  reports: row.reports,
  organisation: row.organisation,
  incidentType: row.incident_type,
  since: row.since,
  changedAt: row.changed_at,
  claimedBy: row.claimed_by,
  claimedAt: row.claimed_at,
  seen: row.seen,
  facts: weighedFactsJson(row.facts),
});

const anything = Type.Object({}, { additionalProperties: true });
export const because = Type.Array(anything);

export const historyBody = Type.Array(
  Type.Object({ type: Type.String(), actor: Type.String(), at: Type.String(), said: anything }),
);

export const historyJson = (rows: readonly HistoryRow[]) => rows.map((row) => ({ ...row, said: { ...row.said } }));
