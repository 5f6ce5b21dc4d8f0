import type { Clock } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Engine } from '@tutela/engine';
import type { LogPolicy } from '@tutela/ledger';
import type { TimeAuthority, Unseal } from '@tutela/ledger/postgres';
import type { Compartment, Vault } from '@tutela/vault';

/** What packing needs besides the desk's own. */
export interface PackingDeps {
  /** What is packed is kept in the compartment of its case: it goes with the case's key. */
  readonly cases: Pick<Vault, 'forCase'>;
  readonly engine: () => Engine;
  /** Folder that packages are put into. */
  readonly folder: string;
  /** Who makes them, as the report names it. */
  readonly agency: string;
  readonly software: { readonly name: string; readonly version: string };
  /** Key of the log, its witnesses and the quorum. */
  readonly policy: LogPolicy;
  /** Asked at each export. */
  readonly timeAuthorities: () => readonly TimeAuthority[];
  /** Milliseconds that each may take. */
  readonly waits: { readonly checkpoint: number; readonly witnesses: number; readonly timeAuthority: number };
  /** Puts what happened into the log, where nobody else may be at it. */
  readonly sequence: () => Promise<unknown>;
  /** Opens what the ledger keeps sealed, for one export. */
  readonly unseal: () => Unseal;
  readonly log: (line: string) => void;
}

export interface PackageDeskDeps extends PackingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly deliveries: Compartment;
}
