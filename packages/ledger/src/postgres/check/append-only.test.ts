import { type Db, inTransaction } from '@tutela/db';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendEvent } from '../append-event.js';
import { covered, eventOf, openTestLedger, type TestLedger } from '../ledger-database.test-support.js';
import { sequence } from '../sequence.js';
import { checkLedger } from './check-ledger.js';
import { bringBackCopies, keepCopies } from './copies.test-support.js';

let ledger: TestLedger;

/** Leaves 0 to 399 of things 0 to 399, and two pending events. */
beforeAll(async () => {
  ledger = await openTestLedger();
  const write = (from: number, to: number) =>
    ledger.act(...Array.from({ length: to - from }, (_, at) => ({ thing: from + at, word: `word ${from + at}` })));
  await write(0, 400);
  await ledger.sequence();
  await write(400, 402);
  await keepCopies(ledger);
});
beforeEach(() => bringBackCopies(ledger));
afterAll(() => ledger.scratch.close());

describe('without the means of an owner', () => {
  test.each([
    ['event', 'id'],
    ['opening', 'event_id'],
    ['effect', 'event_id'],
    ['leaf', 'index'],
    ['subtree', 'index'],
    ['checkpoint', 'size'],
    ['cosignature', 'size'],
    ['fork_alarm', 'size'],
  ])('ledger.%s refuses to be changed, loudly', async (table, column) => {
    const statements = [
      `delete from ledger.${table}`,
      `truncate ledger.${table}`,
      `update ledger.${table} set ${column} = ${column}`,
    ];
    for (const statement of statements) {
      await expect(sql.raw(statement).execute(ledger.db)).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('no smaller head can be stored', async () => {
    const smaller = sql`insert into ledger.checkpoint select 399, root, note, at from ledger.checkpoint where size = 400`;
    await expect(smaller.execute(ledger.db)).rejects.toMatchObject({ code: '42501' });
  });

  const role = `ledger_test_${process.pid}`;
  beforeAll(async () => {
    await sql.raw(`create role ${role}`).execute(ledger.db);
    await sql.raw(`call ledger.admit_append_only('${role}')`).execute(ledger.db);
    await sql.raw(`grant usage on schema desk to ${role}`).execute(ledger.db);
  });
  afterAll(async () => {
    await sql.raw(`drop owned by ${role}; drop role ${role}`).execute(ledger.db);
  });

  const asRole = (act: (db: Db) => Promise<void>): Promise<void> =>
    ledger.db.connection().execute(async (connection) => {
      await sql.raw(`grant select, insert on desk.thing to ${role}; set role ${role}`).execute(connection);
      try {
        await act(connection);
      } finally {
        await sql`reset role`.execute(connection);
      }
    });

  test('a role admitted to append can append, sequence and check', () =>
    asRole(async (db) => {
      await inTransaction(db, async (tx) => {
        await sql`insert into desk.thing (id, word) values (500, 'new')`.execute(tx);
        await appendEvent(tx, eventOf({ thing: 500, word: 'new' }));
      });
      expect(await sequence(db, ledger.deps)).toMatchObject({ kind: 'done', value: { count: 3 } });
      expect(await checkLedger(db, { publicKeys: [ledger.key], coveredTables: covered })).toMatchObject({
        verdict: 'intact',
        counts: { leaves: 403 },
      });
    }));

  test.each([
    'delete from ledger.leaf',
    'truncate ledger.event',
    `update ledger.opening set payload = ''`,
    // A sequencer that runs looks at no transaction twice.
    `insert into ledger.event (id, entry, txid) select gen_random_uuid(), entry, '3' from ledger.event limit 1`,
    'insert into ledger.event (id, entry, seq) overriding system value select gen_random_uuid(), entry, 1 from ledger.event limit 1',
    'drop table ledger.leaf',
    'alter table ledger.leaf disable trigger all',
    'set session_replication_role = replica',
  ])('a role admitted to append cannot "%s"', (statement) =>
    asRole((db) => expect(sql.raw(statement).execute(db)).rejects.toMatchObject({ code: '42501' })),
  );
});
