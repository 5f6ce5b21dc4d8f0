import type { Db } from '@tutela/db';
import { referralDocumentSchema } from '@tutela/feed';
import { Type } from 'typebox';
import { bundleKind, label, lane, weighedFacts } from '../../queue/routes/item-body.js';
import { nullable, reportNumber } from '../../routes/parameters.js';
import { bundlesOfReferrals } from '../queries/bundles-of.js';
import type { ListedReferral } from '../queries/listing.js';
import type { ReferralRow } from '../queries/referrals.js';

const text = Type.String();
export const referralStates = ['available', 'downloaded', 'acknowledged', 'superseded', 'recalled'] as const;
const referral = {
  referralId: text,
  authorityId: text,
  country: text,
  kind: Type.Enum(['report', 'bundle']),
  reportNumber: nullable(reportNumber),
  forwardId: nullable(text),
  label,
  lane,
  incidentType: text,
  reports: Type.Integer(),
  state: Type.Enum([...referralStates]),
  reason: nullable(text),
  madeAt: text,
  madeBy: text,
  downloadedAt: nullable(text),
  acknowledgedAt: nullable(text),
  receipt: nullable(text),
} as const;
export const referralBody = Type.Object(referral);
/** That hold its report now, also where they came about later; a forwarded bundle's own is `forwardId`. */
const bundles = Type.Array(Type.Object({ bundleId: text, kind: bundleKind, reports: Type.Integer() }));
const shownReferral = Type.Object({ ...referral, bundles });
/** As a list shows it. */
export const listedReferral = Type.Object({
  ...referral,
  bundles,
  /** Of its most urgent report, as that is judged now; `lane` above is what the authority was told. */
  urgency: Type.Object({
    lane,
    priority: Type.Integer({ minimum: 0, maximum: 100 }),
    /** When the first of its reports came. */
    since: text,
    reportNumber,
    facts: weighedFacts.priority,
  }),
});
export const referralAnswer = Type.Object({ referral: shownReferral, outgoing: referralDocumentSchema });

export const referralJson = (row: ReferralRow) => ({
  referralId: row.referral_id,
  authorityId: row.authority_id,
  country: row.country,
  kind: row.kind,
  reportNumber: row.report_number,
  forwardId: row.forward_id,
  label: row.label,
  lane: row.lane,
  incidentType: row.incident_type,
  reports: row.reports,
  state: row.state,
  reason: row.reason,
  madeAt: row.made_at,
  madeBy: row.made_by,
  downloadedAt: row.downloaded_at,
  acknowledgedAt: row.acknowledged_at,
  receipt: row.receipt,
});

export const shown = async (db: Db, rows: readonly ReferralRow[]) => {
  const found = await bundlesOfReferrals(
    db,
    rows.map(({ referral_id }) => referral_id),
  );
  return rows.map((row) => ({ ...referralJson(row), bundles: [...(found.get(row.referral_id) ?? [])] }));
};

export const listed = async (db: Db, rows: readonly ListedReferral[]) =>
  (await shown(db, rows)).map((one, nth) => {
    const { urgency_lane: lane, priority, since, lead_report, facts } = rows[nth] as ListedReferral;
    return {
      ...one,
      urgency: { lane, priority, since, reportNumber: lead_report, facts: facts.map((fact) => ({ ...fact })) },
    };
  });
