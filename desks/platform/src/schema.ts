import type { JsonObject, UtcInstant } from '@tutela/core';
import type { HashKind } from '@tutela/hashlist';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** Moments go in and come out as UTC text; `bytea` as buffers; whole numbers of 8 bytes as safe numbers. */
type Moment = ColumnType<UtcInstant, UtcInstant, UtcInstant>;
type Json<T extends object> = JSONColumnType<T>;

export type PlatformTables = {
  'platform.list_version': {
    id: string;
    name: string;
    source_name: string;
    source_sha256: Buffer;
    tally: Json<ListTally>;
    imported_at: Moment;
  };
  'platform.list_part': { version: string; kind: HashKind; ordinal: number; hashes: Buffer; lines: Buffer };
  'platform.scan': {
    id: string;
    root: Buffer;
    list_version: string;
    accounts: 'none' | 'by-folder';
    threshold: number;
    started_at: Moment;
    state: 'walking' | 'walked' | 'ended';
    walked_to: Buffer | null;
    batches: Generated<number>;
    files: Generated<number>;
    bytes: Generated<number>;
    tally: Json<ScanTally> | null;
    ended_at: Moment | null;
  };
  'platform.scan_batch': {
    scan: string;
    ordinal: number;
    paths: Buffer;
    files: number;
    bytes: number;
    state: 'waiting' | 'done';
    results: Buffer | null;
    tally: Json<ScanTally> | null;
  };
  'platform.scan_output': { scan: string; written: number; pending: Json<PendingOutput> | null };
  'platform.upload': {
    id: string;
    account: string;
    name: string;
    sha256: Buffer;
    size: number;
    uploaded_at: Moment;
    received_at: Moment;
    ip: string | null;
    port: number | null;
    result: Json<JsonObject>;
  };
  'platform.match': MatchTable;
  'platform.decision': {
    match: string;
    decision: 'confirmed' | 'dismissed';
    basis: 'review' | 'policy-exact';
    decided_by: string;
    reason: string;
    decided_at: Moment;
  };
  'platform.view': {
    id: string;
    sha256: Buffer;
    match: string;
    viewed_by: string;
    reason: string;
    viewed_at: Moment;
  };
  'platform.filing': FilingTable;
  'platform.filing_file': {
    filing: string;
    ordinal: number;
    match: string;
    attempt: number | null;
    file_id: string | null;
    described: Generated<boolean>;
  };
  'platform.filing_step': {
    filing: string;
    ordinal: number;
    attempt: number;
    act: FilingAct;
    phase: 'intent' | 'answer';
    detail: Json<JsonObject>;
    at: Moment;
  };
};

export interface MatchTable {
  id: string;
  scan: string | null;
  batch: number | null;
  upload: string | null;
  account: string;
  name: string;
  sha256: Buffer;
  sha1: Buffer;
  md5: Buffer;
  size: number;
  kind: 'exact' | 'near';
  list_version: string;
  list_kind: HashKind;
  list_line: number;
  distance: number | null;
  variant: string | null;
  decode: 'default' | 'exact' | null;
  quality: number | null;
  found_at: Moment;
}

export type FilingAct = 'submit' | 'upload' | 'fileinfo' | 'finish' | 'retract';

export interface FilingTable {
  id: string;
  account: string;
  environment: 'test' | 'production';
  opened_at: Moment;
  state: 'ready' | 'open' | 'finished' | 'refused';
  doubt: FilingAct | null;
  revision: number;
  attempt: number;
  report_number: string | null;
  due_at: Moment;
  failures: Generated<number>;
  reason: string | null;
  finished_at: Moment | null;
}

/** Lines of an imported list. */
export interface ListTally {
  readonly hashes: Readonly<Record<HashKind, number>>;
  readonly refused: number;
  readonly doubled: number;
  readonly flagged: number;
}

/** Files by how they ended. */
export interface ScanTally {
  readonly exact: number;
  readonly near: number;
  readonly none: number;
  readonly undecided: number;
  readonly refused: number;
  readonly failed: number;
}

/** Where the next lines were about to be written. */
export interface PendingOutput {
  readonly device: number;
  readonly inode: number;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}
