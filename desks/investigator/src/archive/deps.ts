import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Vault } from '@tutela/vault';
import type { ItemReader } from './item-reader.js';

/** What work on archives needs. */
export interface ArchiveDeps {
  /** With the schemas `ledger`, `policy` and `investigator` up to date. */
  readonly db: Db;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Pseudonym of whoever acts, or of the program; stands in the ledger. */
  readonly actor: string;
  readonly reader: ItemReader;
}
