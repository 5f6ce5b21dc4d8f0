import type { UtcInstant } from '@tutela/core';
import type { FileDetails, FileId, Report, ReporterId, ReportNumber } from '@tutela/cybertip';
import type { RangeSource } from '@tutela/ranges';
import type { ColumnType, JSONColumnType } from 'kysely';
import type { Signal } from './location/location.js';

/** `bigint`, written as digits and read through `::text`. */
type Digits = ColumnType<ReportNumber, ReportNumber, never>;

export interface ReporterTable {
  readonly reporter_id: ReporterId;
  readonly username: string;
  organisation: string;
  password_sha256: Buffer;
  issued_at: UtcInstant;
}

export interface ReportTable {
  readonly report_number: ColumnType<ReportNumber, never, never>;
  readonly reporter_id: ReporterId;
  state: 'open' | 'finished' | 'retracted' | 'expired';
  readonly incident_type: Report['incidentSummary']['incidentType'];
  readonly opened_at: UtcInstant;
  last_added_at: UtcInstant | null;
  ended_at: UtcInstant | null;
}

export interface SubmissionTable {
  readonly report_number: Digits;
  readonly document: Buffer;
  readonly content: JSONColumnType<Report>;
}

export interface FileTable {
  readonly file_id: FileId;
  readonly report_number: Digits;
  readonly ordinal: number;
  readonly name: string;
  readonly sha256: string;
  readonly md5: string;
  readonly size: number;
  readonly received_at: UtcInstant;
}

export interface FileDetailsTable {
  readonly file_id: FileId;
  readonly document: Buffer;
  readonly content: JSONColumnType<FileDetails>;
  readonly described_at: UtcInstant;
}

export interface LocationTable {
  readonly report_number: Digits;
  readonly outcome: 'one-country' | 'conflicting' | 'unknown';
  readonly countries: readonly string[];
  readonly signals: ColumnType<readonly Signal[], string, never>;
  readonly sources: ColumnType<readonly RangeSource[], string, never>;
  readonly made_at: UtcInstant;
}

/** An alias, since Kysely asks for an index signature that interfaces lack. */
export type ClearinghouseTables = {
  readonly 'clearinghouse.reporter': ReporterTable;
  readonly 'clearinghouse.report': ReportTable;
  readonly 'clearinghouse.submission': SubmissionTable;
  readonly 'clearinghouse.file': FileTable;
  readonly 'clearinghouse.file_details': FileDetailsTable;
  readonly 'clearinghouse.location': LocationTable;
};
