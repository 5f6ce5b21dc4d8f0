import { type JsonObject, toHex } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Desk } from './desk.js';
import type { KeepingState } from './ledger-keeping.js';
import { countPending, newestHead } from './queries.js';

interface StatusDeps {
  readonly db: Db;
  readonly desks: readonly Desk[];
  /** Left out by a process that does not sequence. */
  readonly keeping?: () => KeepingState;
  readonly log: (line: string) => void;
}

/** One document on all there is: `{v, desks: [{name, summary} | {name, problem}], ledger}`. */
export const nodeStatus = async ({ db, desks, keeping, log }: StatusDeps): Promise<JsonObject> => ({
  v: 1,
  desks: await Promise.all(desks.map((desk) => deskStatus(desk, log))),
  ledger: { ...(await ledgerStatus(db)), ...(keeping === undefined ? {} : { sequencer: { ...keeping() } }) },
});

/** A desk that cannot tell its state does not hide the others. */
const deskStatus = async ({ name, summary }: Desk, log: (line: string) => void): Promise<JsonObject> => {
  try {
    return { name, summary: await summary() };
  } catch (error) {
    log(`desk ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return { name, problem: 'see the log' };
  }
};

const ledgerStatus = async (db: Db): Promise<JsonObject> => {
  const [head, pending] = await Promise.all([newestHead(db), countPending(db)]);
  return {
    size: Number(head?.size ?? 0),
    root: head === undefined ? null : toHex(head.root).slice(0, 16),
    signedAt: head?.at ?? null,
    pending,
  };
};
