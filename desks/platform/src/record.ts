import type { JsonObject } from '@tutela/core';
import type { Tx } from '@tutela/db';
import { appendEvent, type Effect, type RowKey } from '@tutela/ledger/postgres';
import type { PlatformDeps } from './deps.js';

/** An act of the desk, as the ledger will hold it. */
export interface Act {
  readonly type: string;
  /** Who acted: a person's pseudonym, or the program by name. */
  readonly actor: string;
  readonly subjects: readonly string[];
  readonly payload: JsonObject;
  /** The rows this act wrote, which the ledger will vouch for. */
  readonly effects: readonly Effect[];
}

export const program = 'program:platform';

/** In the transaction of the act, so that neither is ever without the other. */
export const record = async (tx: Tx, deps: Pick<PlatformDeps, 'clock'>, act: Act): Promise<void> => {
  await appendEvent(tx, { ...act, type: `platform.${act.type}`, at: deps.clock.now() });
};

/** The newest word on a row counts: it names every column the ledger is to vouch for. */
export const rowOf = (table: string, key: RowKey, columns: readonly string[]): Effect => ({
  kind: 'written',
  table: `platform.${table}`,
  key,
  columns,
});
