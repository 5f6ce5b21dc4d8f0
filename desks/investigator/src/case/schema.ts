import type { Branded, UtcInstant } from '@tutela/core';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { JSONColumnType } from 'kysely';
import type { ReportId } from '../schema.js';

export type ExhibitId = Branded<string, 'investigator.ExhibitId'>;
export type CustodyId = Branded<string, 'investigator.CustodyId'>;

export interface CaseTable {
  /** The same as in policy, in ledger events and in the vault's compartments. */
  readonly case_ref: string;
  readonly title: string;
  readonly opened_at: UtcInstant;
  readonly opened_by: string;
  readonly closed_at: UtcInstant | null;
  readonly closed_by: string | null;
  readonly closed_because: string | null;
}

export interface CaseReportTable {
  readonly case_ref: string;
  readonly report_id: ReportId;
  readonly linked_at: UtcInstant;
  readonly linked_by: string;
}

/** How a copy was made (ISO/IEC 27037): what another examiner needs to make it again. */
export interface AcquisitionContent {
  readonly tool?: string;
  readonly toolVersion?: string;
  readonly settings?: string;
  readonly writeBlocker?: string;
  readonly readErrors?: readonly string[];
  /** Of the image's segments, in order. */
  readonly segments?: readonly { readonly name: string; readonly sha256: string }[];
}

export interface ExhibitTable {
  readonly exhibit_id: ExhibitId;
  readonly case_ref: string;
  readonly number: string;
  readonly parent_id: ExhibitId | null;
  readonly description: string;
  readonly seized_at: UtcInstant | null;
  readonly seized_place: string | null;
  readonly seized_by: string | null;
  readonly seized_from: string | null;
  readonly make: string | null;
  readonly serial: string | null;
  readonly capacity_bytes: number | null;
  readonly seal_ids: readonly string[];
  readonly storage_place: string | null;
  readonly image_format: string | null;
  readonly sha256: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
  readonly acquisition: JSONColumnType<AcquisitionContent>;
  readonly time_zone: string | null;
  /** Decimal text. */
  readonly clock_offset_seconds: string | null;
  readonly recorded_at: UtcInstant;
  readonly recorded_by: string;
}

export type CustodyAction = 'seized' | 'transferred' | 'sealed' | 'unsealed' | 'acquired' | 'examined' | 'returned';

export interface CustodyContent {
  readonly tool?: string;
  readonly toolVersion?: string;
  readonly arguments?: readonly string[];
  readonly sha256In?: readonly string[];
  readonly sha256Out?: readonly string[];
}

export interface CustodyTable {
  readonly custody_id: CustodyId;
  readonly case_ref: string;
  readonly exhibit_id: ExhibitId;
  /** From 1, by exhibit. */
  readonly ordinal: number;
  readonly action: CustodyAction;
  readonly happened_at: UtcInstant;
  readonly holder: string;
  readonly handed_over_by: string | null;
  readonly second_person: string | null;
  readonly place: string | null;
  readonly seal_ids: readonly string[];
  readonly authority_id: string | null;
  readonly reason: string;
  readonly content: JSONColumnType<CustodyContent>;
  readonly recorded_at: UtcInstant;
  readonly recorded_by: string;
}

export type CaseTables = {
  readonly 'investigator.case': CaseTable;
  readonly 'investigator.case_report': CaseReportTable;
  readonly 'investigator.exhibit': ExhibitTable;
  readonly 'investigator.custody_event': CustodyTable;
};

export const caseCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.case', key: ['case_ref'] },
  { table: 'investigator.case_report', key: ['case_ref', 'report_id'] },
  { table: 'investigator.exhibit', key: ['exhibit_id'] },
  { table: 'investigator.custody_event', key: ['custody_id'] },
];
