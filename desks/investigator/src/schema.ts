import type { Branded, UtcInstant } from '@tutela/core';
import type { DeliveredFile, DeliveredPerson, DeliveredReport } from '@tutela/cybertip';
import type { ColumnType, JSONColumnType } from 'kysely';
import type { EntryRecord } from './zip/entry-end.js';

export type ReportId = Branded<string, 'investigator.ReportId'>;
export type DeliveredFileId = Branded<string, 'investigator.FileId'>;
export type DeliveryId = Branded<string, 'investigator.DeliveryId'>;

/** What of a report has no column or table of its own. */
export type ReportContent = Omit<DeliveredReport, 'persons' | 'files' | 'incidents'> & {
  readonly incidents: readonly Omit<DeliveredReport['incidents'][number], 'captures'>[];
};
export type PersonContent = Omit<DeliveredPerson, 'captures' | 'role'>;
export type FileContent = Omit<DeliveredFile, 'captures'>;

export interface ReportTable {
  readonly report_id: ReportId;
  readonly document_sha256: string;
  readonly document: Buffer;
  readonly report_number: string;
  readonly esp_name: string | null;
  readonly incident_type: string | null;
  readonly received_at: UtcInstant | null;
  readonly incident_at: UtcInstant | null;
  readonly content: JSONColumnType<ReportContent>;
  readonly imported_at: UtcInstant;
  readonly order_in_desk: ColumnType<number, never, never>;
}

export interface DeliveryTable {
  readonly delivery_id: DeliveryId;
  readonly report_id: ReportId;
  readonly sha256: string;
  readonly kind: 'json' | 'zip';
  readonly name: string;
  readonly size: number;
  readonly listing: 'whole' | 'cut' | 'damaged';
  readonly entries: ColumnType<readonly EntryRecord[], string, never>;
  readonly imported_at: UtcInstant;
}

export interface PersonTable {
  readonly report_id: ReportId;
  readonly ordinal: number;
  readonly role: DeliveredPerson['role'];
  readonly screen_name: string | null;
  readonly esp_user_id: string | null;
  readonly content: JSONColumnType<PersonContent>;
}

export interface FileTable {
  readonly file_id: DeliveredFileId;
  readonly report_id: ReportId;
  readonly ordinal: number;
  readonly name: string | null;
  readonly original_name: string | null;
  readonly stated_hash: string | null;
  readonly viewed_by_esp: boolean | null;
  readonly uploaded_at: UtcInstant | null;
  readonly content: JSONColumnType<FileContent>;
}

/** `verified`: the stated MD5 is that of the bytes. */
export type Comparison = 'verified' | 'differs' | 'not-stated';

export interface ObjectTable {
  readonly file_id: DeliveredFileId;
  readonly sha256: string;
  readonly md5: string;
  readonly size: number;
  readonly comparison: Comparison;
  readonly entry_name: string;
  readonly delivery_id: DeliveryId;
}

export interface SourceCaptureTable {
  readonly report_id: ReportId;
  readonly ordinal: number;
  readonly owner: 'person' | 'file' | 'incident';
  readonly owner_ordinal: number;
  readonly type: string | null;
  readonly value: string | null;
  readonly port: number | null;
  readonly captured_at: UtcInstant | null;
  readonly stated_at: string | null;
  readonly event: string | null;
  readonly others: JSONColumnType<Readonly<Record<string, string>>>;
}

/** An alias, since Kysely asks for an index signature that interfaces lack. */
export type InvestigatorTables = {
  readonly 'investigator.report': ReportTable;
  readonly 'investigator.delivery': DeliveryTable;
  readonly 'investigator.person': PersonTable;
  readonly 'investigator.file': FileTable;
  readonly 'investigator.object': ObjectTable;
  readonly 'investigator.source_capture': SourceCaptureTable;
};
