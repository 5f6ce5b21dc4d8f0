import type { UtcInstant } from '@tutela/core';
import type { NewEvent } from '@tutela/ledger/postgres';
import type { VersionedPolicy } from './policy.js';
import type { JudgementRow } from './queries/judgements.js';

const judged = (row: JudgementRow): Pick<NewEvent, 'subjects' | 'payload' | 'effects'> => ({
  subjects: [`clearinghouse/report/${row.report_number}`],
  payload: {
    version: row.version,
    policy: row.policy_version,
    lane: row.lane,
    label: row.label,
    reason: row.label_reason,
    completeness: row.completeness,
    priority: row.priority,
  },
  effects: [
    {
      kind: 'written',
      table: 'clearinghouse.triage',
      key: { report_number: row.report_number, version: row.version },
      columns: [
        'policy_version',
        'lane',
        'label',
        'label_reason',
        'labelled_by',
        'completeness',
        'priority',
        'facts',
        'triaged_at',
      ],
    },
  ],
});

export const triagedEvent = (row: JudgementRow): NewEvent => ({
  type: 'clearinghouse.triaged',
  actor: 'clearinghouse/triage',
  at: row.triaged_at,
  ...judged(row),
});

/** A person set the label; their reason stands in the judgement. */
export const labelledEvent = (row: JudgementRow): NewEvent => ({
  type: 'clearinghouse.labelled',
  actor: row.labelled_by,
  at: row.triaged_at,
  ...judged(row),
});

export const policyAdoptedEvent = ({ version, sha256, policy }: VersionedPolicy, at: UtcInstant): NewEvent => ({
  type: 'clearinghouse.triage-policy-adopted',
  actor: 'clearinghouse/operator',
  at,
  subjects: [`clearinghouse/triage-policy/${version}`],
  payload: { name: policy.name, sha256 },
  effects: [
    {
      kind: 'written',
      table: 'clearinghouse.triage_policy',
      key: { policy_version: version },
      columns: ['content', 'sha256', 'adopted_at'],
    },
  ],
});

export const judgedAgainEvent = (
  version: string,
  { actor, reports, at }: { readonly actor: string; readonly reports: number; readonly at: UtcInstant },
): NewEvent => ({
  type: 'clearinghouse.triage-asked-again',
  actor,
  at,
  subjects: [`clearinghouse/triage-policy/${version}`],
  payload: { reports },
  effects: [],
});
