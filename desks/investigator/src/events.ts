import type { UtcInstant } from '@tutela/core';
import type { NewEvent, WrittenEffect } from '@tutela/ledger/postgres';
import type { Insertable } from 'kysely';
import type { Delivery } from './import/delivery.js';
import type { ReportRows } from './import/rows.js';
import type { DeliveryTable, ObjectTable, ReportId } from './schema.js';

/** Effects of one event: the check of the ledger reads an event again for each of them. */
const portion = 50;

/**
 * What the ledger is told of an import; written in the import's own transaction. Content appears as digests only. One
 * event as a rule, more where there are more rows than one should vouch for.
 */
export const importedEvents = (
  actor: string,
  at: UtcInstant,
  { documentSha256, container, reading }: Delivery,
  rows: {
    /** Absent when the report was here and only got further objects. */
    readonly report?: ReportRows;
    readonly delivery: Insertable<DeliveryTable>;
    readonly objects: readonly Insertable<ObjectTable>[];
  },
): readonly NewEvent[] => {
  const { report, objects, delivery } = rows;
  const effects = [
    ...(report === undefined ? [] : reportEffects(report)),
    written('delivery', { delivery_id: delivery.delivery_id }, deliveryColumns),
    ...objects.map(({ file_id, sha256 }) => written('object', { file_id, sha256 }, objectColumns)),
  ];
  const parts = Math.ceil(effects.length / portion);
  const counts = { persons: reading.persons.length, files: reading.files.length, objects: objects.length };
  const [first, next] =
    report === undefined
      ? (['report-completed', 'report-completed-further'] as const)
      : (['report-imported', 'report-imported-further'] as const);
  return Array.from({ length: parts }, (_, part) => ({
    type: `investigator.${part === 0 ? first : next}`,
    actor,
    at,
    subjects: [reportSubject(delivery.report_id)],
    payload: { documentSha256, deliverySha256: container.sha256, part: part + 1, parts, ...(part === 0 ? counts : {}) },
    effects: effects.slice(part * portion, (part + 1) * portion),
  }));
};

const reportSubject = (reportId: ReportId): string => `investigator/report/${reportId}`;

const reportEffects = ({ report, persons, files, captures }: ReportRows): readonly WrittenEffect[] => [
  written('report', { report_id: report.report_id }, [
    'document_sha256',
    'document',
    'report_number',
    'esp_name',
    'incident_type',
    'received_at',
    'incident_at',
    'content',
    'imported_at',
  ]),
  ...persons.map(({ report_id, ordinal }) =>
    written('person', { report_id, ordinal }, ['role', 'screen_name', 'esp_user_id', 'content']),
  ),
  ...files.map(({ file_id }) => written('file', { file_id }, fileColumns)),
  ...captures.map(({ report_id, ordinal }) => written('source_capture', { report_id, ordinal }, captureColumns)),
];

const deliveryColumns = ['report_id', 'sha256', 'kind', 'name', 'size', 'listing', 'entries', 'imported_at'] as const;
const objectColumns = ['md5', 'size', 'comparison', 'entry_name', 'delivery_id'] as const;
const fileColumns = [
  'report_id',
  'ordinal',
  'name',
  'original_name',
  'stated_hash',
  'viewed_by_esp',
  'uploaded_at',
  'content',
] as const;
const captureColumns = [
  'owner',
  'owner_ordinal',
  'type',
  'value',
  'port',
  'captured_at',
  'stated_at',
  'event',
  'others',
] as const;

const written = (table: string, key: WrittenEffect['key'], columns: readonly string[]): WrittenEffect => ({
  kind: 'written',
  table: `investigator.${table}`,
  key,
  columns,
});
