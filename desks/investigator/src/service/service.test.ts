import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@tutela/core';
import { type Engine, openEngine } from '@tutela/engine';
import { stepsUpTo } from '@tutela/policy';
import { readRangeData } from '@tutela/ranges';
import { type GroundTruth, type SeizurePlaces, seizurePlaces, writeSeizure } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openItemReader } from '../archive/item-reader.js';
import { startPass } from '../seizure/passes.js';
import { passState } from '../seizure/queries/sources.js';
import {
  by,
  caseRef,
  everything,
  openSeizureGround,
  type SeizureGround,
  value,
} from '../seizure/seizure.test-support.js';
import { addSource } from '../seizure/sources.js';
import { seizureQueues, seizureWorkflows } from '../seizure/workflows.js';
import { changedServiceRows } from './changed-rows.js';
import { usersByCountry } from './countries.js';
import { importRecords } from './import-records.js';
import { matchKnownFiles } from './known-files.js';
import { readKnownList } from './known-list.js';
import { preservationRequests } from './preservation.js';
import { letterLanguages, preservationLetter } from './preservation-letter.js';
import { readProviderBook } from './provider-book.js';
import { importCounts, noticeCounts, receipts, revenueByMonth, sharedAddresses, timeline } from './queries/answers.js';
import { recordFiles } from './queries/importing.js';
import { matchesByAccount } from './queries/known.js';
import { recordsOf } from './standard-layout.js';
import { vicsCase } from './vics.js';

const size = { files: 200, archives: 6, users: 400, words: 500, seed: 3 };
let ground: SeizureGround;
let engine: Engine;
let truth: GroundTruth;
let places: SeizurePlaces;
const deps = () => ({ db: ground.database.db, clock: systemClock, reader: openItemReader(undefined as never) });
const csvRows = async (file: string): Promise<readonly string[][]> =>
  (await readFile(path.join(places.seized, file), 'utf8'))
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

beforeAll(async () => {
  ground = await openSeizureGround();
  places = seizurePlaces(path.join(ground.folder, 'world'));
  truth = await writeSeizure(path.join(ground.folder, 'world'), size);
  const seizure = { db: ground.database.db, clock: systemClock, engine: () => engine };
  engine = await openEngine({
    database: ground.database,
    queues: seizureQueues,
    workflows: seizureWorkflows(seizure),
    log: () => undefined,
    onLost: () => undefined,
  });
  const reason = 'a customer who was cleared';
  const exclusions = [{ accounts: [truth.excludedAccount], reason }];
  await ground.authorise({ grants: stepsUpTo('open'), scope: { ...everything, exclusions } });
  const given = { caseRef, exhibit: '3', kind: 'folder' as const, locator: places.seized, accountPath: 'storage/*' };
  const source = value(await addSource(seizure, given, by())).source_id;
  const pass = value(await startPass(seizure, source, by())).pass_id;
  while ((await passState(ground.database.db, pass)) !== 'ended') await sleep(50);
  for (const { itemId, path: file } of await recordFiles(ground.database.db, caseRef, 'server/')) {
    const format = recordsOf(file);
    if (format !== undefined) value(await importRecords(deps(), { itemId, format, by: 'staff-1' }));
  }
});
afterAll(async () => {
  await engine.close();
  await ground.close();
});

test('rows of an excluded customer are counted and not kept, and broken ones are named by their line', async () => {
  const { db } = ground.database;
  const users = await csvRows('server/db/users.csv');
  const { rows } = await sql<{ account: string }>`
    select account from investigator.account union all select account from investigator.access
    union all select account from investigator.service_event union all select from_account from investigator.share
    union all select to_account from investigator.share`.execute(db);
  expect(users.some(([account]) => account === truth.excludedAccount)).toBe(true);
  expect(rows.some(({ account }) => account === truth.excludedAccount)).toBe(false);
  const counts = await importCounts(db, caseRef);
  expect(counts.refused).toBeGreaterThan(4);
  expect(counts.bad).toBeGreaterThanOrEqual(13);
  const { rows: bad } = await sql<{ line: number; reason: string }>`
    select line, reason from investigator.service_bad_row
      join investigator.service_import using (import_id) where format = 'accounts-csv'`.execute(db);
  expect(bad).toEqual([{ line: 2 + users.length / 2 - 0.5, reason: '1 columns where 5 belong' }]);
});

test('users by country are those of the seizure but the excluded one, each answer with its data sets', async () => {
  const { db } = ground.database;
  const data = [value(await readRangeData(places.ranges)), value(await readRangeData(places.otherRanges))] as const;
  const book = value(await readProviderBook(places.providers));
  const answer = await usersByCountry(db, caseRef, data, book);
  expect(answer.accounts).toBe(size.users - 1);
  const found = Object.fromEntries(answer.countries.map(({ country, accounts }) => [country, accounts]));
  const differences = Object.entries(truth.usersByCountry).filter(
    ([country, count]) => found[country] !== (count || undefined),
  );
  expect(differences).toHaveLength(1);
  expect(answer.data.map(({ name, date }) => `${name} ${date}`)).toEqual([
    'delegated-synthetic-extended 2015-01-31',
    'delegated-other-extended 2015-01-31',
  ]);
  expect(answer.countries.reduce((sum, { disputed = 0 }) => sum + disputed, 0)).toBeGreaterThan(0);
  expect(answer.countries[0]?.providers[0]?.known?.contact).toMatch(/^legal@/);
});

test('the timeline ties what the provider knew to exhibit, file and line', async () => {
  const entries = await timeline(ground.database.db, caseRef, { kinds: ['takedown'], limit: 1000 });
  const rows = await csvRows('server/admin/takedowns.csv');
  const covered = rows.filter(([, , account]) => account !== truth.excludedAccount);
  expect(entries.map(({ account, reference }) => `${reference} ${account}`).sort()).toEqual(
    covered.map(([, notice, account]) => `${notice} ${account}`).sort(),
  );
  expect(entries[0]).toMatchObject({ exhibit: '3', path: 'server/admin/takedowns.csv' });
  const counts = await noticeCounts(ground.database.db, caseRef);
  expect(counts.received).toBeGreaterThan(counts.answered);
});

test('revenue by month is the sum of the payments', async () => {
  const rows = (await csvRows('server/billing/payments.csv')).filter(
    ([, account]) => account !== truth.excludedAccount,
  );
  const revenue = await revenueByMonth(ground.database.db, caseRef);
  expect(revenue.reduce((sum, { amount }) => sum + Math.round(100 * Number(amount)), 0)).toBe(990 * rows.length);
  expect(revenue[0]?.month).toBe(rows[0]?.[0]?.slice(0, 7));
});

test('known files are found by account, and no file of the excluded customer is compared', async () => {
  const { db } = ground.database;
  const known = await readKnownList(places.known);
  const run = await matchKnownFiles(deps(), { caseRef, known, by: 'staff-1' });
  const found = Object.fromEntries((await matchesByAccount(db, caseRef)).map(({ account, exact }) => [account, exact]));
  const expected = Object.fromEntries(
    Object.entries(truth.knownByAccount).filter(([account]) => account !== truth.excludedAccount),
  );
  expect(found).toEqual(expected);
  expect(run.matched).toBe(Object.values(expected).reduce((sum, count) => sum + count, 0));
});

test('each provider of each country is asked to preserve, the oldest evidence first, without naming an account', async () => {
  const { db } = ground.database;
  const at = systemClock.now();
  const data = value(await readRangeData(places.ranges));
  const book = value(await readProviderBook(places.providers));
  const requests = await preservationRequests(db, caseRef, { data, book, at });
  const firsts = requests.map(({ firstAt }) => firstAt);
  expect(firsts).toEqual([...firsts].sort());
  const { countries } = await usersByCountry(db, caseRef, [data]);
  expect(requests).toHaveLength(countries.reduce((sum, { providers }) => sum + providers.length, 0));
  const [request] = requests;
  for (const language of letterLanguages) {
    const letter = preservationLetter(request!, language);
    expect(letter).toContain(request!.keepUntil.slice(0, 10));
    expect(letter).toContain(request!.targets[0]!.address);
    expect(letter).toContain(request!.provider!.contact);
    expect(letter).not.toContain(request!.targets[0]!.account);
  }
  expect(Date.parse(request!.keepUntil) - Date.parse(at)).toBe(90 * 86_400_000);
});

test('known files go out in the fields of Project VIC 2.0', async () => {
  const { db } = ground.database;
  let text = '';
  const about = {
    caseId: '00000000-0000-4000-8000-000000000001',
    caseRef,
    organization: 'Police',
    contact: 'C',
    version: '1',
  };
  for await (const piece of vicsCase(db, about)) text += piece;
  const file = JSON.parse(text);
  expect(file['@odata.context']).toMatch(/Default\/\$metadata#Cases$/);
  const [one] = file.value;
  const places_ = one.Media.flatMap(({ MediaFiles }: { MediaFiles: unknown[] }) => MediaFiles);
  const expected = Object.fromEntries(
    Object.entries(truth.knownByAccount).filter(([account]) => account !== truth.excludedAccount),
  );
  expect(places_).toHaveLength(Object.values(expected).reduce((sum, count) => sum + count, 0));
  expect(one.TotalMediaFiles).toBe(one.Media.length);
  for (const medium of one.Media) {
    expect(medium.MD5).toMatch(/^[0-9A-F]{32}$/);
    expect(medium.SHA1).toMatch(/^[0-9A-F]{40}$/);
    expect(Number.isInteger(medium.MediaSize) && Number.isInteger(medium.MediaID)).toBe(true);
    expect(medium).toMatchObject({ Category: 0, MimeType: 'image/jpeg' });
    expect(medium).not.toHaveProperty('Miniature');
    for (const { FileName, FilePath, MD5, SourceID } of medium.MediaFiles) {
      expect([MD5, SourceID]).toEqual([medium.MD5, '3']);
      expect(FilePath.endsWith(`\\${FileName}`)).toBe(true);
    }
  }
});

test('two accounts at one address within a day are told, and where many share it that is told too', async () => {
  const { db } = ground.database;
  await sql`
    insert into investigator.access (import_id, line, case_ref, account, address, port, at, request, status, authority_id)
    select import_id, 900000 + n, case_ref, name, '192.0.2.200', 5, '2013-01-01T00:00:00Z'::timestamptz + n * interval '1 hour',
           'GET /', 200, authority_id
      from (select * from investigator.access limit 1) as sample,
           (values (1, 'ann'), (2, 'ben'), (72, 'cleo')) as given(n, name)`.execute(db);
  const shared = await sharedAddresses(db, caseRef, { seconds: 86_400, mostAccounts: 10, limit: 1000 });
  expect(shared.filter(({ address }) => address === '192.0.2.200')).toEqual([
    { one: 'ann', other: 'ben', address: '192.0.2.200', times: 1, accounts: 3 },
  ]);
  expect(await changedServiceRows(db)).toHaveLength(1);
  await sql`delete from investigator.access where address = '192.0.2.200'`.execute(db);
  expect(await changedServiceRows(db)).toEqual([]);
});

test('what was sent to an account stands with whether it was opened, deleted or reported', async () => {
  const rows = await csvRows('server/db/shares.csv');
  const [sentAt, from, to, file, openedAt] = rows.find((row) => !row.includes(truth.excludedAccount)) as string[];
  const received = await receipts(ground.database.db, caseRef, to as string, 100);
  const sameMoment = (one: string | null): string | undefined => one?.replace('.000Z', 'Z');
  const one = received.find((receipt) => receipt.with === from && sameMoment(receipt.sentAt) === sentAt);
  expect(one).toMatchObject({ direction: 'received', file, exhibit: '3' });
  expect(sameMoment(one?.openedAt ?? null) ?? '').toBe(openedAt);
});

test('a file is imported once, and not when it is no longer what was digested', async () => {
  const [first] = await recordFiles(ground.database.db, caseRef, 'server/db/users.csv');
  const again = await importRecords(deps(), { itemId: first!.itemId, format: { kind: 'accounts-csv' }, by: 'staff-1' });
  expect(again).toMatchObject({ kind: 'refused', reason: { code: 'imported-already' } });

  const [post] = await recordFiles(ground.database.db, caseRef, 'forum/');
  const place = path.join(places.seized, post!.path);
  const text = await readFile(place);
  text[0] = (text[0] as number) ^ 1;
  await writeFile(place, text);
  const changed = await importRecords(deps(), { itemId: post!.itemId, format: { kind: 'access-log' }, by: 'staff-1' });
  expect(changed).toMatchObject({ kind: 'refused', reason: { code: 'changed' } });
  await appendFile(place, 'more');
  const longer = await importRecords(deps(), { itemId: post!.itemId, format: { kind: 'access-log' }, by: 'staff-1' });
  expect(longer).toMatchObject({ kind: 'refused', reason: { code: 'changed' } });
});

test('the ledger vouches for every import and run', async () => {
  expect(await ground.findings()).toEqual([]);
  expect(await changedServiceRows(ground.database.db)).toEqual([]);
});
