import type { Branded, UtcInstant } from '@tutela/core';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { ExhibitId } from '../case/schema.js';
import type { UnitLocator } from './unit-locator.js';

export type SourceId = Branded<string, 'investigator.SourceId'>;
export type PassId = Branded<string, 'investigator.PassId'>;
export type UnitId = Branded<string, 'investigator.UnitId'>;
export type ItemId = Branded<number, 'investigator.ItemId'>;

export type SourceKind = 'folder' | 'image' | 'tar' | 's3';
export type PassState = 'running' | 'paused' | 'ended';
export type UnitState = 'waiting' | 'done' | 'stopped-by-authority' | 'failed';
export type UnitKind = UnitLocator['kind'];
export type ItemState = 'digested' | 'unreadable' | 'changed' | 'not-a-file';

/** By content; the names that authorities use too. */
export const fileClasses = ['picture', 'video', 'archive', 'document', 'message', 'database', 'other'] as const;
export type FileClass = (typeof fileClasses)[number];

export interface SourceTable {
  readonly source_id: SourceId;
  readonly case_ref: string;
  readonly exhibit_id: ExhibitId;
  readonly kind: SourceKind;
  readonly locator: string;
  readonly account_path: string | null;
  /** Of an image: the IANA name of the zone its clocks kept; UTC where nobody said. */
  readonly zone: string | null;
  readonly added_at: UtcInstant;
  readonly added_by: string;
}

/** Sizes of units. A unit is full with the first of the two. */
export interface PassOptions {
  readonly unitFiles: number;
  readonly unitBytes: number;
  /** A file from this size on is a unit of its own. */
  readonly largeBytes: number;
  readonly extentBytes: number;
}

export interface PassTable {
  readonly pass_id: PassId;
  readonly source_id: SourceId;
  readonly case_ref: string;
  readonly state: PassState;
  readonly options: JSONColumnType<PassOptions>;
  readonly started_at: UtcInstant;
  readonly started_by: string;
  readonly finished_at: UtcInstant | null;
  readonly order_in_desk: ColumnType<number, never, never>;
}

export interface UnitTable {
  readonly unit_id: UnitId;
  readonly pass_id: PassId;
  readonly source_id: SourceId;
  readonly case_ref: string;
  readonly parent_unit_id: UnitId | null;
  readonly kind: UnitKind;
  readonly locator: JSONColumnType<UnitLocator>;
  readonly state: UnitState;
  readonly attempt: Generated<number>;
  readonly files: Generated<number>;
  readonly bytes: Generated<number>;
  readonly unreadable: Generated<number>;
  readonly refused: Generated<number>;
  readonly expected_files: number | null;
  readonly expected_bytes: number | null;
  readonly items_sha256: string | null;
  readonly milliseconds: number | null;
  readonly finished_at: UtcInstant | null;
  readonly reason: string | null;
}

export interface ItemTable {
  readonly item_id: ColumnType<ItemId, never, never>;
  readonly case_ref: string;
  readonly source_id: SourceId;
  readonly parent_item_id: ItemId | null;
  readonly unit_id: UnitId;
  /** `null` where `list` is not granted. */
  readonly path: string | null;
  readonly path_bytes: Buffer | null;
  readonly path_sha256: string;
  readonly size: number;
  readonly sha256: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
  readonly file_class: FileClass;
  readonly media_type: string | null;
  readonly state: ItemState;
  readonly modified_at: UtcInstant | null;
  readonly account: string | null;
  /** Of a file in a disk image: `ImagePlace`, printed. */
  readonly image_place: string | null;
  readonly authority_id: string;
  readonly decision_id: string;
}

export interface ExtentTable {
  readonly item_id: ItemId;
  readonly ordinal: number;
  readonly offset_bytes: number;
  readonly length_bytes: number;
  readonly sha256: string;
}

export type SeizureTables = {
  readonly 'investigator.source': SourceTable;
  readonly 'investigator.pass': PassTable;
  readonly 'investigator.unit': UnitTable;
  readonly 'investigator.item': ItemTable;
  readonly 'investigator.extent': ExtentTable;
};

/** Items are vouched for by their unit's digest, not row by row (`checkUnits`). */
export const seizureCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.source', key: ['source_id'] },
  { table: 'investigator.pass', key: ['pass_id'] },
  { table: 'investigator.unit', key: ['unit_id'] },
];
