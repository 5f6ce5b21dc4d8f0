import type { UtcInstant } from '@tutela/core';
import type { NewEvent } from '@tutela/ledger/postgres';
import type { Joined, NewBundle } from './queries/bundling.js';

const bundleSubject = (bundleId: string): string => `clearinghouse/bundle/${bundleId}`;

const bundleRow = (bundleId: string): NewEvent['effects'][number] => ({
  kind: 'written',
  table: 'clearinghouse.bundle',
  key: { bundle_id: bundleId },
  columns: ['kind', 'key', 'made_at', 'dissolved_at', 'decided_label', 'decided_reason', 'decided_by', 'decided_at'],
});

const memberRow = ({ bundle_id, report_number }: Joined): NewEvent['effects'][number] => ({
  kind: 'written',
  table: 'clearinghouse.bundle_member',
  key: { bundle_id, report_number },
  columns: ['because', 'joined_at', 'left_at'],
});

export const bundleMadeEvent = ({ bundle_id, kind, key }: NewBundle, at: UtcInstant): NewEvent => ({
  type: 'clearinghouse.bundle-made',
  actor: 'clearinghouse/triage',
  at,
  subjects: [bundleSubject(bundle_id)],
  payload: { kind, key },
  effects: [bundleRow(bundle_id)],
});

/** Reports that joined one bundle; a part of them, where they are many. */
export const bundleJoinedEvent = (bundleId: string, joined: readonly Joined[], at: UtcInstant): NewEvent => ({
  type: 'clearinghouse.bundle-joined',
  actor: 'clearinghouse/triage',
  at,
  subjects: [bundleSubject(bundleId)],
  payload: { reports: joined.map(({ report_number }) => report_number) },
  effects: joined.map(memberRow),
});

export type BundleAct = 'decided' | 'decision-withdrawn' | 'dissolved' | 'restored';

/** What a person did to a whole bundle. */
export const bundleActEvent = (
  act: BundleAct,
  bundleId: string,
  { actor, reason, label, at }: BundleActor & { readonly label?: string },
): NewEvent => ({
  type: `clearinghouse.bundle-${act}`,
  actor,
  at,
  subjects: [bundleSubject(bundleId)],
  payload: { reason, ...(label !== undefined && { label }) },
  effects: [bundleRow(bundleId)],
});

/** A person took one report out of a bundle, or put it back. */
export const memberActEvent = (
  act: 'member-removed' | 'member-returned',
  member: Joined,
  { actor, reason, at }: BundleActor,
): NewEvent => ({
  type: `clearinghouse.bundle-${act}`,
  actor,
  at,
  subjects: [bundleSubject(member.bundle_id), `clearinghouse/report/${member.report_number}`],
  payload: { reason },
  effects: [memberRow(member)],
});

export interface BundleActor {
  readonly actor: string;
  readonly reason: string;
  readonly at: UtcInstant;
}
