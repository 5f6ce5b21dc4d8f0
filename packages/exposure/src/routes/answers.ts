import type { Static } from 'typebox';
import type { outcomeAnswer, Reveal } from '../api.js';
import type { OutcomeRow, RevealRow } from '../postgres/tables.js';

export const revealJson = (row: RevealRow): Reveal => ({
  revealId: row.reveal_id,
  desk: row.desk,
  subject: row.subject,
  sha256: row.sha256,
  person: row.person,
  form: row.form,
  reason: row.reason,
  startedAt: row.started_at,
  closesAt: row.closes_at,
  endedAt: row.ended_at,
  endedBy: row.ended_by,
  seconds: row.seconds,
});

export const outcomeJson = (row: OutcomeRow): Static<typeof outcomeAnswer> => ({
  outcomeId: row.outcome_id,
  desk: row.desk,
  subject: row.subject,
  kind: row.kind,
  happenedAt: row.happened_at,
});
