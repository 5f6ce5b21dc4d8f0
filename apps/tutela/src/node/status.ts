import { type JsonObject, toHex } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { Contact } from '@tutela/ledger/postgres';
import { readAuthorityStates, type TimeAuthority } from '@tutela/ledger/postgres';
import { listPeople } from '@tutela/policy/postgres';
import type { OwnPolicy } from '../config/log-policy.js';
import { isInvented } from '../demo/people.js';
import type { Desk } from './desk.js';
import type { KeepingState } from './ledger-keeping.js';
import { countPending, newestHead } from './queries.js';
import { timestampJson } from './stamping.js';
import { witnessStatus } from './witness-status.js';

interface StatusDeps {
  readonly db: Db;
  readonly desks: readonly Desk[];
  readonly timeAuthorities: readonly TimeAuthority[];
  /** Left out by a process that does not sequence. */
  readonly keeping?: () => KeepingState;
  readonly policy: OwnPolicy;
  /** What this process knows of the witnesses; left out by one that does not ask them. */
  readonly contacts?: () => ReadonlyMap<string, Contact>;
  readonly log: (line: string) => void;
}

/**
 * One document on all there is: `{v, kind, desks: [{name, summary} | {name, problem}], ledger}`. `kind` is `demonstration`
 * where people who do not exist are enrolled, whoever opened it and however.
 */
export const nodeStatus = async (deps: StatusDeps): Promise<JsonObject> => {
  const { db, desks, timeAuthorities, policy, keeping, contacts, log } = deps;
  return {
    v: 1,
    kind: (await hasInventedPeople(db)) ? 'demonstration' : 'installation',
    desks: await Promise.all(desks.map((desk) => deskStatus(desk, log))),
    ledger: {
      ...(await ledgerStatus(db, timeAuthorities)),
      ...(keeping === undefined ? {} : { sequencer: { ...keeping() } }),
      witnesses: await witnessStatus(db, policy, contacts?.()),
    },
  };
};

const hasInventedPeople = async (db: Db) => (await listPeople(db)).some(({ id }) => isInvented(id));

/** A desk that cannot tell its state does not hide the others. */
const deskStatus = async ({ name, summary }: Desk, log: (line: string) => void): Promise<JsonObject> => {
  try {
    return { name, summary: await summary() };
  } catch (error) {
    log(`desk ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return { name, problem: 'see the log' };
  }
};

const ledgerStatus = async (db: Db, timeAuthorities: readonly TimeAuthority[]): Promise<JsonObject> => {
  const names = timeAuthorities.map(({ name }) => name);
  const [head, pending, stamps] = await Promise.all([newestHead(db), countPending(db), readAuthorityStates(db, names)]);
  return {
    size: Number(head?.size ?? 0),
    root: head === undefined ? null : toHex(head.root).slice(0, 16),
    signedAt: head?.at ?? null,
    pending,
    timestamps: stamps.map(timestampJson),
  };
};
