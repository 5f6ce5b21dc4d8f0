import { systemClock } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase, type Tx } from '@tutela/db';
import { appendEvents, ledgerMigrations } from '@tutela/ledger/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchChanges } from './changes.js';

let scratch: ScratchDatabase;
beforeAll(async () => {
  scratch = await openScratchDatabase();
  await runMigrations(scratch.db, [ledgerMigrations]);
});
afterAll(() => scratch.close());

const tell = (tx: Tx, ...subjects: readonly string[]) =>
  appendEvents(tx, [
    {
      type: 'investigator.pass-paused',
      actor: 'a',
      at: systemClock.now(),
      subjects,
      caseRef: 'case-1',
      payload: {},
      effects: [],
    },
  ]);

test('what was committed is told once, by topic and id, also where it was begun before the last look', async () => {
  const { db } = scratch;
  await inTransaction(db, (tx) => tell(tx, 'investigator/pass/0'));
  const next = watchChanges(db);
  expect(await next()).toEqual([]);
  await inTransaction(db, async (slow) => {
    await tell(slow, 'investigator/pass/slow');
    await inTransaction(db, (tx) => tell(tx, 'investigator/pass/1', 'court-1'));
    expect(await next()).toEqual([
      { topic: 'investigator.pass', id: '1', caseRef: 'case-1' },
      { topic: 'investigator', id: 'court-1', caseRef: 'case-1' },
    ]);
    expect(await next()).toEqual([]);
  });
  expect(await next()).toEqual([{ topic: 'investigator.pass', id: 'slow', caseRef: 'case-1' }]);
  expect(await next()).toEqual([]);
});

test('very many of one topic are told as one change of many', async () => {
  const next = watchChanges(scratch.db);
  await next();
  await inTransaction(scratch.db, (tx) =>
    tell(tx, ...Array.from({ length: 60 }, (_, nth) => `investigator/pass/${nth}`)),
  );
  expect(await next()).toEqual([{ topic: 'investigator.pass', id: null, caseRef: null }]);
});
