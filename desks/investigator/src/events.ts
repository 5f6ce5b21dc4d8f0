import type { JsonObject, UtcInstant } from '@tutela/core';
import type { NewEvent, WrittenEffect } from '@tutela/ledger/postgres';
import type { Insertable } from 'kysely';
import type { Delivery } from './import/delivery.js';
import type { ReportRows } from './import/rows.js';
import type { DeliveryTable, ObjectTable, ReportId } from './schema.js';

/** What the ledger is told of an import; written in the import's own transaction. Content appears as digests only. */
export const importedEvent = (
  actor: string,
  at: UtcInstant,
  delivery: Delivery,
  rows: {
    /** Absent when the report was here and only got further objects. */
    readonly report?: ReportRows;
    readonly delivery: Insertable<DeliveryTable>;
    readonly objects: readonly Insertable<ObjectTable>[];
  },
): NewEvent => {
  const { report, objects } = rows;
  const { delivery_id, report_id } = rows.delivery;
  return {
    type: report === undefined ? 'investigator.report-completed' : 'investigator.report-imported',
    actor,
    at,
    subjects: [reportSubject(report_id)],
    payload: payloadOf(delivery, rows.objects),
    effects: [
      ...(report === undefined ? [] : reportEffects(report)),
      written('delivery', { delivery_id }, [
        'report_id',
        'sha256',
        'kind',
        'name',
        'size',
        'listing',
        'entries',
        'imported_at',
      ]),
      ...objects.map(({ file_id, sha256 }) =>
        written('object', { file_id, sha256 }, ['md5', 'size', 'comparison', 'entry_name', 'delivery_id']),
      ),
    ],
  };
};

const reportSubject = (reportId: ReportId): string => `investigator/report/${reportId}`;

const payloadOf = (
  { documentSha256, container, reading }: Delivery,
  objects: readonly Insertable<ObjectTable>[],
): JsonObject => ({
  documentSha256,
  deliverySha256: container.sha256,
  persons: reading.persons.length,
  files: reading.files.length,
  objects: objects.map(({ file_id: file, sha256, comparison }) => ({ file, sha256, comparison })),
});

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
