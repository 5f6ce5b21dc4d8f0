import { done } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { appendEvent, type EventId, proveEvent, readCaseHistory, sealingDatabase } from '@tutela/ledger/postgres';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openFolderCaseKeys } from './keys/folder-case-keys.js';
import type { Keyring } from './keys/keyring.js';
import { openingSeal, unsealOpenings } from './ledger-openings.js';
import type { Authorise } from './postgres/authorisation.js';
import { openPostgresCaseKeys } from './postgres/case-keys.js';
import { placeHold } from './postgres/legal-hold.js';
import { sealOfCase } from './postgres/seal-of-case.js';
import { shredCase } from './postgres/shred-case.js';
import {
  approved,
  copyOf,
  openDatabase,
  openLog,
  openPlaces,
  restoreDump,
} from './postgres/shred-ground.test-support.js';
import { temporaryFolder } from './temporary-folder.test-support.js';

const at = '2026-03-01T10:15:00.000Z' as never;
const secret = 'what was found out about a person';

const openGround = async () => {
  const folder = temporaryFolder();
  const { db } = await openDatabase();
  await sql`create schema desk; create table desk.thing (id int primary key, word text)`.execute(db);
  const places = await openPlaces(folder, await openFolderCaseKeys(`${folder}/case-keys`));
  const log = openLog();
  const write = async (caseRef: string, id: number): Promise<EventId> => {
    const sealed = await openingSeal(places.keyring, caseRef);
    if (sealed.kind !== 'done') throw new Error(sealed.reason.message);
    return inTransaction(db, async (tx) => {
      await sql`insert into desk.thing values (${id}, ${`word ${id}`})`.execute(tx);
      const effects = [{ kind: 'written', table: 'desk.thing', key: { id }, columns: ['word'] }] as const;
      const told = { type: 'desk.thing-written', actor: 'officer-7', at, subjects: [`thing:${id}`] };
      return appendEvent(tx, { ...told, payload: { secret }, effects, caseRef, seal: sealed.value });
    });
  };
  const [first] = [await write('case-1', 1), await write('case-1', 2), await write('case-2', 3)];
  await log.sequence(db);
  return { ...places, folder, db, log, write, first };
};

const coveredTables = [{ table: 'desk.thing', key: ['id'] }];
const openingsOf = async (db: Parameters<typeof proveEvent>[0], id: EventId, keyring: Keyring) => {
  const proof = await proveEvent(db, id, unsealOpenings(keyring));
  return proof.kind === 'done' ? proof.value.opening?.payload : proof.reason.code;
};

test('a sealed opening is nowhere in the database in clear, opens for whoever has the key, and is checked', async () => {
  const { db, log, keyring, first } = await openGround();
  const { rows } = await sql<{ text: string }>`select to_jsonb(opening)::text as text from ledger.opening`.execute(db);
  const inHex = Buffer.from('person').toString('hex');
  for (const { text } of rows) expect(text.includes('person') || text.includes(inHex)).toBe(false);

  expect(await openingsOf(db, first, keyring)).toMatchObject({ payload: { secret } });
  expect(await proveEvent(db, first)).not.toHaveProperty('value.opening');
  const unseal = unsealOpenings(keyring);
  expect(await log.check(db, { coveredTables, unseal })).toMatchObject({
    verdict: 'intact',
    counts: { rowsCompared: 3, sealed: 0, shredded: 0 },
  });
  expect(await log.check(db, { coveredTables })).toMatchObject({
    verdict: 'intact',
    counts: { rowsCompared: 0, sealed: 3 },
  });

  await sql`update desk.thing set word = 'another' where id = 1`.execute(db);
  expect(await log.check(db, { unseal })).toMatchObject({ findings: [{ kind: 'row-altered', key: '{"id": 1}' }] });
});

test('a sealed opening that was changed or exchanged is named', async () => {
  const { db, log, keyring } = await openGround();
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update ledger.opening set sealed = (select max(sealed) from ledger.opening)`.execute(tx);
  });
  const report = await log.check(db, { unseal: unsealOpenings(keyring) });
  expect(report.findings.map(({ kind }) => kind)).toEqual(['opening-altered', 'opening-altered']);
});

test('after shredding nothing the events of the case said can be read, from a restored dump neither, and the ledger is intact', async () => {
  const ground = await openGround();
  const { db, store, keys, keyring, log, first, folder } = ground;
  const key = await keys.find('case-1');
  if (key.kind !== 'done') throw new Error('the key is there');
  const dump = await openDatabase();
  await sql`create schema desk; create table desk.thing (id int primary key, word text)`.execute(dump.db);
  await restoreDump(db, dump.db);
  const copied = await copyOf(folder, 'vault', 'installation-key');

  const authorisation = approved({ caseRef: 'case-1', keyId: key.value.keyId });
  expect(
    (
      await shredCase(
        { db, store, keys },
        { caseRef: 'case-1', authorise: async () => done(authorisation), actor: 'officer-7' },
      )
    ).kind,
  ).toBe('done');
  await log.sequence(db);
  expect(await log.check(db, { unseal: unsealOpenings(keyring) })).toMatchObject({
    verdict: 'intact',
    counts: { leaves: 5, shredded: 2, findings: 0 },
  });
  expect(await openingsOf(db, first, keyring)).toBeUndefined();
  await expect(ground.write('case-1', 9)).rejects.toThrow('destroyed');

  // The dump holds every row from before, and the restored folders every key but those of the key store.
  const restored = await openPlaces(copied, await openFolderCaseKeys(`${copied}/case-keys`));
  expect(await openingsOf(dump.db, first, restored.keyring)).toBeUndefined();
  expect(await openingsOf(dump.db, first, keyring)).toBeUndefined();

  const history = await readCaseHistory(db, {
    caseRef: 'case-1',
    throughCaseSeq: 4,
    size: 5n,
    unseal: unsealOpenings(keyring),
  });
  if (history.kind !== 'done') throw new Error(history.reason.message);
  const told = [];
  for await (const { entry, opening } of history.value.events())
    told.push([entry.type, opening === undefined ? 'shredded' : 'open']);
  expect(told).toEqual([
    ['desk.thing-written', 'shredded'],
    ['desk.thing-written', 'shredded'],
    ['vault.shredding-ordered', 'open'],
    ['vault.case-shredded', 'open'],
  ]);
});

test('a key that is gone without an event is a finding', async () => {
  const { db, log, keys, keyring, first } = await openGround();
  await keys.destroy('case-1');
  const report = await log.check(db, { unseal: unsealOpenings(keyring) });
  expect(report.findings).toEqual([{ kind: 'case-key-missing', caseRef: 'case-1', eventId: first }]);
});

test.each(['folder', 'database'] as const)(
  'a sealing database (keys in the %s) seals whatever is told of a case, and lets stand open what tells of its end',
  async (kind) => {
    const folder = temporaryFolder();
    const { db: plain } = await openDatabase();
    const keys = kind === 'folder' ? await openFolderCaseKeys(`${folder}/keys`) : openPostgresCaseKeys(plain);
    const places = await openPlaces(folder, keys);
    const db = sealingDatabase(plain, sealOfCase(places.keyring));
    const log = openLog();
    const tell = (payload: { readonly secret: string }, caseRef?: string) =>
      inTransaction(db, (tx) => {
        const event = { type: 'desk.acted', actor: 'officer-7', at, subjects: [], effects: [] };
        return appendEvent(tx, { ...event, payload, ...(caseRef && { caseRef }) });
      });
    const first = await Promise.all(Array.from({ length: 20 }, () => tell({ secret }, 'case-1')));
    await tell({ secret: 'of no case' });
    await placeHold(db, 'case-2', { actor: 'officer-7', reason: `appeal: ${secret}`, at });
    const readable = async () => {
      const { rows } = await sql<{
        payload: string;
      }>`select payload from ledger.opening where payload is not null`.execute(db);
      return rows.map(({ payload }) => payload).join();
    };
    expect(await readable()).not.toContain(secret);
    await log.sequence(db);
    expect(await openingsOf(db, first[0] as EventId, places.keyring)).toMatchObject({ payload: { secret } });

    const authorise: Authorise = async (_tx, asked) => done(approved(asked));
    const shredded = await shredCase({ db, ...places }, { caseRef: 'case-1', authorise, actor: 'officer-7' });
    expect(shredded.kind).toBe('done');
    await tell({ secret: 'told afterwards' }, 'case-1');
    await log.sequence(db);
    expect(await openingsOf(db, first[0] as EventId, places.keyring)).toBeUndefined();
    expect(await readable()).toMatch(/of no case.*certificate.*told afterwards/);
    const checked = await log.check(db, { unseal: unsealOpenings(places.keyring) });
    expect(checked).toMatchObject({ verdict: 'intact', counts: { shredded: 20 } });
  },
);
