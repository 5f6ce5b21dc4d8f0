import { type JsonObject, systemClock, toInstant } from '@tutela/core';
import { type Db, inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { sql } from 'kysely';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '../node-crypto.js';
import { type NoteKey, noteKey } from '../note/note-key.js';
import { appendEvents, type NewEvent } from './append-event.js';
import { type CheckOptions, checkLedger } from './check/check-ledger.js';
import type { Finding } from './check/report.js';
import type { EventId } from './event-id.js';
import { ledgerMigrations } from './migrations.js';
import { type SequenceDeps, type Sequenced, sequence } from './sequence.js';

/** Of an act that writes one row of `desk.thing`, the domain table of these tests. */
export interface Act {
  readonly thing: number;
  readonly word: string;
  readonly caseRef?: string;
  readonly payload?: JsonObject;
}

export interface TestLedger {
  readonly db: Db;
  readonly scratch: ScratchDatabase;
  readonly deps: SequenceDeps;
  readonly key: NoteKey;
  /** Writes the rows and their events in one transaction. */
  readonly act: (...acts: readonly Act[]) => Promise<readonly EventId[]>;
  readonly sequence: () => Promise<Sequenced>;
  readonly findings: (options?: Partial<CheckOptions>) => Promise<readonly Finding[]>;
  /** As the owner of the database would: with every trigger switched off. */
  readonly tamper: (statement: string) => Promise<void>;
}

export const covered = [{ table: 'desk.thing', key: ['id'] }];
export const thingColumns = ['word', 'at', 'bytes', 'number'];

export const openTestLedger = async (): Promise<TestLedger> => {
  const scratch = await openScratchDatabase();
  const { db } = scratch;
  await runMigrations(db, [ledgerMigrations]);
  await sql`create schema desk`.execute(db);
  await sql`create table desk.thing (
    id bigint primary key, word text, at timestamptz default now(), bytes bytea, number double precision)`.execute(db);
  const signer = signerFromPem('test.example/ledger', newSigningKeyPem());
  const deps = { signer, clock: systemClock };
  const key = noteKey(nodeHasher, signer.name, signer.publicKey);
  return {
    db,
    scratch,
    deps,
    key,
    act: (...acts) =>
      inTransaction(db, async (tx) => {
        for (const { thing, word } of acts) {
          await sql`insert into desk.thing (id, word, bytes, number) values (${thing}, ${word}, '\\x00ff', 0.1)
            on conflict (id) do update set word = excluded.word`.execute(tx);
        }
        return appendEvents(tx, acts.map(eventOf));
      }),
    sequence: async () => {
      const outcome = await sequence(db, deps);
      if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
      return outcome.value;
    },
    findings: async (options = {}) => {
      const report = await checkLedger(db, { publicKeys: [key], coveredTables: covered, ...options });
      if ((report.verdict === 'intact') !== (report.counts.findings === 0))
        throw new Error('the verdict is no verdict');
      return report.findings;
    },
    tamper: (statement) =>
      db.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql.raw(statement).execute(tx);
      }),
  };
};

export const eventOf = ({ thing, caseRef, payload = { said: 'something' } }: Act): NewEvent => ({
  type: 'desk.thing-written',
  actor: 'test',
  at: toInstant(new Date()),
  subjects: [`thing-${thing}`],
  payload,
  effects: [{ kind: 'written', table: 'desk.thing', key: { id: thing }, columns: thingColumns }],
  ...(caseRef !== undefined && { caseRef }),
});
