import type { UtcInstant } from '@tutela/core';
import type { Kysely } from 'kysely';
import type { KeyId } from '../store/object-store.js';

/** Tables of the PostgreSQL schema `vault`; what they mean stands in `migrations/`. */
export type VaultTables = {
  readonly 'vault.case_key': {
    readonly case_ref: string;
    readonly key_id: KeyId;
    readonly installation_key: string;
    readonly wrapped: Uint8Array;
    readonly created_at: UtcInstant;
  };
  readonly 'vault.destroyed_key': { readonly case_ref: string; readonly key_id: KeyId };
  readonly 'vault.legal_hold': {
    readonly id: string;
    readonly case_ref: string;
    readonly reason: string;
    readonly placed_by: string;
    readonly placed_at: UtcInstant;
    readonly released_by: string | null;
    readonly released_at: UtcInstant | null;
    readonly release_reason: string | null;
  };
  readonly 'vault.shredding': {
    readonly case_ref: string;
    readonly key_id: KeyId;
    readonly request: string;
    readonly request_digest: string;
    readonly approved_by: readonly string[];
    readonly ordered_by: string;
    readonly ordered_at: UtcInstant;
    readonly certificate: string | null;
  };
};

export type VaultDb = Kysely<VaultTables>;

/** Every table of the node is reached over one connection; this names ours. */
export const vaultTables = (db: Kysely<unknown>): VaultDb => db.withTables<VaultTables>();
