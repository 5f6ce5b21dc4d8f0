import { createHash } from 'node:crypto';
import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Effect, FileId, HeldFile, Opening, ReporterId, ReportNumber } from '@tutela/cybertip';
import type { NewEvent } from '@tutela/ledger/postgres';
import type { Location } from './location/location.js';
import type { FileRow } from './queries/listing.js';

/** What the ledger is told of each change; written in the change's own transaction. Content appears as digests only. */

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const reportKey = (reportNumber: ReportNumber) => ({ report_number: reportNumber });
const reportSubject = (reportNumber: ReportNumber): string => `clearinghouse/report/${reportNumber}`;

const reportRow = (reportNumber: ReportNumber): NewEvent['effects'][number] => ({
  kind: 'written',
  table: 'clearinghouse.report',
  key: reportKey(reportNumber),
  columns: ['reporter_id', 'state', 'incident_type', 'opened_at', 'last_added_at', 'ended_at'],
});

const written = (
  table: string,
  key: Readonly<Record<string, string>>,
  columns: readonly string[],
): NewEvent['effects'][number] => ({ kind: 'written', table: `clearinghouse.${table}`, key, columns });

const gone = (table: string, key: Readonly<Record<string, string>>): NewEvent['effects'][number] => ({
  kind: 'gone',
  table: `clearinghouse.${table}`,
  key,
});

export const openedEvent = (reportNumber: ReportNumber, { reporter, document, report, at }: Opening): NewEvent => ({
  type: 'clearinghouse.report-opened',
  actor: `reporter/${reporter.id}`,
  at,
  subjects: [reportSubject(reportNumber)],
  payload: { documentSha256: sha256(document), incidentType: report.incidentSummary.incidentType },
  effects: [reportRow(reportNumber), written('submission', reportKey(reportNumber), ['document', 'content'])],
});

/** @param held the files the report had before the effect; those of a report that ends unfinished are gone */
export const changedEvent = (
  reportNumber: ReportNumber,
  reporter: ReporterId,
  effect: Effect,
  held: readonly HeldFile[],
): NewEvent => {
  const actor = effect.kind === 'expire' ? 'clearinghouse/timer' : `reporter/${reporter}`;
  return { actor, at: effect.at, ...partsOf(reportNumber, effect, held) };
};

type Parts = Omit<NewEvent, 'actor' | 'at'>;

const partsOf = (reportNumber: ReportNumber, effect: Effect, held: readonly HeldFile[]): Parts => {
  switch (effect.kind) {
    case 'add-file':
      return parts('file-added', reportNumber, [effect.fileId], { ...effect.received }, [
        written('file', { file_id: effect.fileId }, fileColumns),
      ]);
    case 'describe-file': {
      const { fileId } = effect.details;
      return parts('file-described', reportNumber, [fileId], { documentSha256: sha256(effect.document) }, [
        written('file_details', { file_id: fileId }, ['document', 'content', 'described_at']),
      ]);
    }
    case 'finish':
      // The files stand in the payload alone: an entry has a limit, and a report may have thousands.
      return parts('report-finished', reportNumber, [], { files: effect.files }, []);
    case 'retract':
      return parts('report-retracted', reportNumber, [], {}, removals(reportNumber, held));
    case 'expire':
      return parts('report-expired', reportNumber, [], {}, removals(reportNumber, held));
  }
};

const fileColumns = ['report_number', 'ordinal', 'name', 'sha256', 'md5', 'size', 'received_at'] as const;

const parts = (
  act: string,
  reportNumber: ReportNumber,
  files: readonly FileId[],
  payload: JsonObject,
  effects: NewEvent['effects'],
): Parts => ({
  type: `clearinghouse.${act}`,
  subjects: [reportSubject(reportNumber), ...files.map((fileId) => `clearinghouse/file/${fileId}`)],
  payload,
  effects: [reportRow(reportNumber), ...effects],
});

const removals = (reportNumber: ReportNumber, held: readonly HeldFile[]): NewEvent['effects'] => [
  gone('submission', reportKey(reportNumber)),
  ...held.flatMap(({ fileId, details }) => [
    gone('file', { file_id: fileId }),
    ...(details === undefined ? [] : [gone('file_details', { file_id: fileId })]),
  ]),
];

export const locatedEvent = (reportNumber: ReportNumber, location: Location, at: UtcInstant): NewEvent => ({
  type: 'clearinghouse.located',
  actor: 'clearinghouse/location',
  at,
  subjects: [reportSubject(reportNumber)],
  payload: {
    outcome: location.outcome,
    countries: location.countries,
    sources: location.sources.map((source) => ({ ...source })),
  },
  effects: [written('location', reportKey(reportNumber), ['outcome', 'countries', 'signals', 'sources', 'made_at'])],
});

/** The form in which a report leaves the installation. */
export type DisclosureForm = 'json' | 'zip' | 'pdf';

export const disclosedEvent = (
  reportNumber: ReportNumber,
  disclosure: {
    readonly form: DisclosureForm;
    readonly actor: string;
    readonly files: readonly FileRow[];
    readonly at: UtcInstant;
  },
): NewEvent => ({
  type: 'clearinghouse.report-disclosed',
  actor: disclosure.actor,
  at: disclosure.at,
  subjects: [reportSubject(reportNumber)],
  payload: {
    form: disclosure.form,
    // Only a ZIP holds their bytes.
    files: disclosure.form === 'zip' ? disclosure.files.map((file) => file.sha256) : [],
  },
  effects: [],
});

export const credentialsEvent = (reporter: ReporterId, at: UtcInstant): NewEvent => ({
  type: 'clearinghouse.credentials-issued',
  actor: 'clearinghouse/operator',
  at,
  subjects: [`reporter/${reporter}`],
  payload: {},
  effects: [
    written('reporter', { reporter_id: reporter }, ['username', 'organisation', 'password_sha256', 'issued_at']),
  ],
});
