import { createHash } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import type { NewEvent } from '@tutela/ledger/postgres';
import type { AgencyTable, AnswerTable, OrderTable, ReleaseTable, SegmentTable, SourceTable } from './schema.js';

/** What the ledger is told of each act; in the act's own transaction. No address and nobody stands in a payload. */

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const written = (
  table: string,
  key: Readonly<Record<string, string>>,
  columns: readonly string[],
): NewEvent['effects'][number] => ({ kind: 'written', table: `provider.${table}`, key, columns });

export const sourceEvent = (row: Pick<SourceTable, 'exporter' | 'sha256' | 'added_at'>, by: string): NewEvent => ({
  type: 'provider.source-added',
  actor: by,
  at: row.added_at,
  subjects: [`provider/source/${sha256(row.exporter).slice(0, 16)}`],
  payload: { exporter: row.exporter, declarationSha256: row.sha256 },
  effects: [written('source', { exporter: row.exporter }, ['declaration', 'sha256', 'added_at'])],
});

const ingestColumns = ['exporter', 'inputs', 'tally', 'finished_at', 'covers_from', 'covers_to', 'follows'] as const;

const segmentColumns = [
  'ingest_id',
  'exporter',
  'day',
  'keys',
  'file',
  'bytes',
  'records',
  'covered_ms',
  'gaps',
  'retain_until',
  'written_at',
  'deleted_at',
  'certificate',
  'superseded_by',
] as const;

export const ingestEvent = (
  did: {
    readonly ingestId: string;
    readonly by: string;
    readonly at: UtcInstant;
    readonly lines: number;
    readonly rejected: number;
  },
  segments: readonly SegmentTable[],
  superseded: readonly string[],
): NewEvent => ({
  type: 'provider.log-ingested',
  actor: did.by,
  at: did.at,
  subjects: [`provider/ingest/${did.ingestId}`],
  payload: {
    lines: did.lines,
    rejected: did.rejected,
    segments: segments.map((segment) => segment.sha256),
    superseded,
  },
  effects: [
    written('ingest', { ingest_id: did.ingestId }, ingestColumns),
    ...[...segments.map((segment) => segment.sha256), ...superseded].map((segment) =>
      written('segment', { sha256: segment }, segmentColumns),
    ),
  ],
});

export const segmentDeletedEvent = (segment: string, certificate: string, by: string, at: UtcInstant): NewEvent => ({
  type: 'provider.segment-deleted',
  actor: by,
  at,
  subjects: [`provider/segment/${segment}`],
  payload: { certificateSha256: sha256(certificate) },
  effects: [written('segment', { sha256: segment }, segmentColumns)],
});

export const ruleEvent = (act: 'added' | 'enabled', ruleId: string, by: string, at: UtcInstant): NewEvent => ({
  type: `provider.rule-${act}`,
  actor: by,
  at,
  subjects: [`provider/rule/${ruleId}`],
  payload: {},
  effects: [
    written('rule', { rule_id: ruleId }, ['nat_instance', 'from_ms', 'to_ms', 'document', 'added_at', 'enabled_at']),
  ],
});

export const agencyEvent = ({ agency_id, issued_at }: AgencyTable, by: string): NewEvent => ({
  type: 'provider.credentials-issued',
  actor: by,
  at: issued_at,
  subjects: [`provider/agency/${agency_id}`],
  payload: {},
  effects: [written('agency', { agency_id }, ['name', 'credential_sha256', 'issued_at'])],
});

const orderColumns = [
  'agency_id',
  'sha256',
  'document',
  'reference',
  'received_at',
  'expires_at',
  'state',
  'settled_at',
  'reason',
] as const;
const orderSubject = (orderId: string): string => `provider/order/${orderId}`;

export const orderReceivedEvent = (
  { order_id, agency_id, sha256: digest, received_at }: OrderTable,
  asked: { readonly observations: number; readonly nearDuplicates: number },
): NewEvent => ({
  type: 'provider.order-received',
  actor: `agency/${agency_id}`,
  at: received_at,
  subjects: [orderSubject(order_id)],
  payload: { orderSha256: digest, ...asked },
  effects: [
    written('disclosure_order', { order_id }, orderColumns),
    ...(asked.nearDuplicates === 0 ? [] : [written('alarm', { order_id }, ['near_duplicates', 'raised_at'])]),
  ],
});

/** What was sent and not taken: codes and how often, since nothing else of it is kept. */
export const orderTurnedAwayEvent = (
  agencyId: string,
  codes: Readonly<Record<string, number>>,
  at: UtcInstant,
): NewEvent => ({
  type: 'provider.order-turned-away',
  actor: `agency/${agencyId}`,
  at,
  subjects: [`provider/agency/${agencyId}`],
  payload: { codes },
  effects: [],
});

export const orderDeclinedEvent = (orderId: string, by: string, at: UtcInstant): NewEvent => ({
  type: 'provider.order-declined',
  actor: by,
  at,
  subjects: [orderSubject(orderId)],
  payload: {},
  effects: [written('disclosure_order', { order_id: orderId }, orderColumns)],
});

export const answerEvent = (answer: AnswerTable, by: string): NewEvent => ({
  type: 'provider.question-answered',
  actor: by,
  at: answer.asked_at,
  subjects: [`provider/answer/${answer.answer_id}`, orderSubject(answer.order_id)],
  payload: { ordinal: answer.ordinal, outcome: answer.outcome, recordSha256: answer.record_sha256 },
  effects: [
    written('answer', { answer_id: answer.answer_id }, [
      'order_id',
      'ordinal',
      'plan_sha256',
      'asked_at',
      'outcome',
      'record',
      'record_sha256',
    ]),
  ],
});

export const orderReleasedEvent = (release: ReleaseTable, identities: number, by: string): NewEvent => ({
  type: 'provider.order-released',
  actor: by,
  at: release.released_at,
  subjects: [orderSubject(release.order_id)],
  payload: { releaseSha256: release.sha256, approval: release.approval, identities },
  effects: [
    written('disclosure_order', { order_id: release.order_id }, orderColumns),
    written('release', { order_id: release.order_id }, ['document', 'sha256', 'approval', 'released_at']),
  ],
});

/** Somebody of this desk looked at what a release would tell. */
export const orderPreviewedEvent = (orderId: string, by: string, at: UtcInstant): NewEvent => ({
  type: 'provider.order-previewed',
  actor: by,
  at,
  subjects: [orderSubject(orderId)],
  payload: {},
  effects: [written('disclosure_order', { order_id: orderId }, orderColumns)],
});

/** An agency fetched what was released to it. */
export const answerFetchedEvent = (orderId: string, agencyId: string, at: UtcInstant): NewEvent => ({
  type: 'provider.answer-fetched',
  actor: `agency/${agencyId}`,
  at,
  subjects: [orderSubject(orderId)],
  payload: {},
  effects: [written('disclosure_order', { order_id: orderId }, orderColumns)],
});

export const answerReproducedEvent = (
  answerId: string,
  outcome: 'same' | 'differs' | 'not-kept',
  by: string,
  at: UtcInstant,
): NewEvent => ({
  type: 'provider.answer-reproduced',
  actor: by,
  at,
  subjects: [`provider/answer/${answerId}`],
  payload: { outcome },
  effects: [],
});

export const identitiesNotedEvent = (count: number, by: string, at: UtcInstant): NewEvent => ({
  type: 'provider.identities-noted',
  actor: by,
  at,
  subjects: ['provider/identities'],
  payload: { count },
  effects: [],
});
