import type { UtcInstant } from '@tutela/core';
import type { MissingProof } from '@tutela/evidence';
import type { CoveredTable } from '@tutela/ledger/postgres';
import type { RequestDigest } from '@tutela/policy';
import type { Generated, JSONColumnType } from 'kysely';

/** `waiting`: for a checkpoint, a witness or an authority of time; it goes on by itself. */
export type PackageState = 'drafted' | 'exporting' | 'waiting' | 'failed' | 'written';

export interface PackageTable {
  readonly request: RequestDigest;
  readonly package: string;
  readonly case_ref: string;
  readonly drafted_at: UtcInstant;
  readonly drafted_by: string;
  readonly state: PackageState;
  readonly tries: Generated<number>;
  readonly why: string | null;
  readonly contents: string | null;
  readonly events: number | null;
  readonly zip_sha256: string | null;
  readonly zip_bytes: number | null;
  readonly missing: JSONColumnType<readonly MissingProof[]> | null;
  readonly written_at: UtcInstant | null;
}

export type PackageTables = { readonly 'investigator.package': PackageTable };

export const packageCoveredTables: readonly CoveredTable[] = [{ table: 'investigator.package', key: ['request'] }];
