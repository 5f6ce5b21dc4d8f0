import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock, toInstant } from '@tutela/core';
import { type Db, inTransaction, openScratchDatabase, runMigrations } from '@tutela/db';
import { type CosignerKey, cosignerKey, type NoteKey, noteKey, type Signer } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import {
  appendEvent,
  type CheckOptions,
  checkLedger,
  type EventId,
  type Finding,
  ledgerCoveredTables,
  ledgerMigrations,
  type NewEvent,
  sequence,
  submitHead,
} from '@tutela/ledger/postgres';
import { createWitness, createWitnessServer, type HeadStore, openHeadStore } from '@tutela/witness';
import { sql } from 'kysely';

/** One row of `desk.thing` for each act: the domain table of these tests. */
export const coveredTables = [...ledgerCoveredTables, { table: 'desk.thing', key: ['id'] }];

const eventOf = (thing: number): NewEvent => ({
  type: 'desk.thing-written',
  actor: 'test',
  at: toInstant(new Date()),
  subjects: [`thing-${thing}`],
  payload: { thing },
  effects: [{ kind: 'written', table: 'desk.thing', key: { id: thing }, columns: ['word'] }],
  caseRef: `case-${thing % 3}`,
});

export const act = (db: Db, thing: number, word = `word ${thing}`): Promise<EventId> =>
  inTransaction(db, async (tx) => {
    await sql`insert into desk.thing (id, word) values (${thing}, ${word})`.execute(tx);
    return appendEvent(tx, eventOf(thing));
  });

export const openLedgerDatabase = async () => {
  const scratch = await openScratchDatabase();
  await runMigrations(scratch.db, [ledgerMigrations]);
  await sql`create schema desk`.execute(scratch.db);
  await sql`create table desk.thing (id bigint primary key, word text)`.execute(scratch.db);
  return scratch;
};

export interface Log {
  readonly db: Db;
  readonly signer: Signer;
  readonly key: NoteKey;
  /** Acts on the things of these numbers, and gives them their places in the log. */
  readonly grow: (from: number, to: number) => Promise<readonly EventId[]>;
  readonly submit: (witness: RunningWitness) => Promise<string>;
  readonly findings: (options?: Partial<CheckOptions>) => Promise<readonly Finding[]>;
  /** As the owner of the database would: with every trigger switched off. */
  readonly tamper: (statement: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A ledger on a database of its own; two with one signer are a fork. */
export const openLog = async (signer: Signer): Promise<Log> => {
  const scratch = await openLedgerDatabase();
  const { db } = scratch;
  const key = noteKey(nodeHasher, signer.name, signer.publicKey);
  const sequenceAll = async (): Promise<void> => {
    const turn = await sequence(db, { signer, clock: systemClock });
    if (turn.kind !== 'done') throw new Error(turn.reason.message);
  };
  return {
    db,
    signer,
    key,
    grow: async (from, to) => {
      const ids: EventId[] = [];
      for (let thing = from; thing < to; thing++) ids.push(await act(db, thing));
      await sequenceAll();
      return ids;
    },
    submit: async (witness) => {
      const outcome = await submitHead(db, witness, { clock: systemClock });
      return outcome.kind === 'done' ? `cosigned ${outcome.value}` : outcome.reason.code;
    },
    findings: async (options = {}) =>
      (await checkLedger(db, { publicKeys: [key], coveredTables, ...options })).findings,
    tamper: (statement) =>
      db.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql.raw(statement).execute(tx);
      }),
    close: scratch.close,
  };
};

export interface RunningWitness {
  readonly key: CosignerKey;
  readonly url: string;
  readonly heads: HeadStore;
  readonly close: () => Promise<void>;
}

/** The real one, over HTTP, on a folder of its own. */
export const openWitness = async (
  name: string,
  logs: readonly NoteKey[],
  pem = newSigningKeyPem(),
): Promise<RunningWitness> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-witness-'));
  const signer = signerFromPem(name, pem);
  const heads = openHeadStore(folder);
  const deps = { signer, heads, logs: async () => logs, clock: systemClock };
  const server = createWitnessServer({ ...deps, witness: createWitness(deps) });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const close = async (): Promise<void> => {
    await server.close();
    await rm(folder, { recursive: true });
  };
  return { key: cosignerKey(nodeHasher, name, signer.publicKey), url, heads, close };
};
