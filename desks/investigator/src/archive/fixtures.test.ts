import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ArchiveGround, archives, caseRef, fixture, openArchiveGround, words } from './archive.test-support.js';
import { importKnownChecksums } from './census/known-checksums.js';
import { takeArchiveCensus } from './census/take-census.js';
import { openArchives } from './opening/open-archives.js';
import { listCaseArchives, recoveryProgress, showArchive } from './progress.js';
import { openLocks } from './recovery/lock-material.js';
import { checkArchiveUnits } from './units.js';

let ground: ArchiveGround;
let authorityId: string;
beforeAll(async () => {
  ground = await openArchiveGround();
  authorityId = await ground.grant('open', 'any');
  const files: Record<string, Buffer> = {};
  for (const { id, files: names } of archives)
    for (const name of names) files[`storage/${id}/${name}`] = await fixture(name);
  await importKnownChecksums(ground.deps, { caseRef, listName: 'known', files: [{ crc32: 717695225, bytes: 165 }] });
  await ground.seize('all', files, 'storage/*');
  await ground.importWords('small', words);
}, 60_000);
afterAll(() => ground.close());

interface SetRow {
  readonly account: string;
  readonly set_id: string;
  readonly state: string;
  readonly locks: readonly string[];
  readonly volumes: number;
}
const setRows = () =>
  ground.rows(sql<SetRow>`
    select item.account, one.set_id, one.state,
           array(select lock_key from investigator.archive_set_lock held where held.set_id = one.set_id) as locks,
           (select count(*)::int from investigator.archive_volume volume where volume.set_id = one.set_id) as volumes
      from investigator.archive_set one
      join investigator.archive_volume first on first.set_id = one.set_id and first.ordinal = 0
      join investigator.item item on item.item_id = first.item_id
     where item.parent_item_id is null order by item.account`);

test('the census of all fixtures equals the lines of the manifest, a set of volumes is one archive with one lock', async () => {
  const counts = await takeArchiveCensus(ground.deps, { caseRef, unitFiles: 5 });
  expect(counts).toMatchObject({ sets: archives.length, locked: archives.length, refused: 0 });
  const sets = await setRows();
  expect(Object.fromEntries(sets.map(({ account, volumes }) => [account, volumes]))).toEqual(
    Object.fromEntries(archives.map(({ id, files }) => [id, files.length])),
  );
  for (const { id, hashLine, hashcatMode } of archives) {
    const { locks } = sets.find(({ account }) => account === id)!;
    expect(locks).toHaveLength(1);
    const { hashcat } = (await openLocks(ground.deps, caseRef, locks)).get(locks[0]!)!;
    const line = hashcat.kind === 'line' ? [hashcat.mode, hashcat.line] : [null, null];
    expect([id, ...line]).toEqual([id, hashcatMode, hashLine]);
  }
  expect(await takeArchiveCensus(ground.deps, { caseRef })).toMatchObject({ sets: 0, locked: 0 });
});

test('members with the checksum and size of a known file are leads where the format leaks them', async () => {
  const leads = await ground.rows(sql<{ name: string; list_name: string }>`
    select distinct name, list_name from investigator.archive_lead join investigator.archive_member using (set_id, ordinal)`);
  expect(leads).toEqual([{ name: 'notes.txt', list_name: 'known' }]);
});

test('each opens with the small word list by the embedded engine', { timeout: 120_000 }, async () => {
  const run = await ground.recover(authorityId);
  expect(run).toMatchObject({ state: 'ended', endedBecause: 'nothing-left' });
  expect((await setRows()).map(({ state }) => state)).toEqual(archives.map(() => 'unlocked'));
  const progress = await recoveryProgress(ground.deps, { caseRef, authorityId });
  expect(progress).toMatchObject({ locks: { solved: 13 }, secrets: { 'by-opening': 13 }, leases: 0 });
});

test('what is opened has its members as items, with the digests of the manifest, stored in the case', {
  timeout: 60_000,
}, async () => {
  expect(await openArchives(ground.deps, { caseRef })).toEqual({ opened: archives.length });
  for (const { id, contents } of archives) {
    const members = await ground.rows(sql<{ path: string; size: number; sha256: string }>`
      select path, size, sha256 from investigator.item
       where account = ${id} and parent_item_id is not null order by path`);
    const told = Object.entries(contents).map(([name, { size, sha256 }]) => ({ path: name, size, sha256 }));
    expect(members).toEqual(told.sort((one, other) => (one.path < other.path ? -1 : 1)));
    expect(await ground.vault.forCase(caseRef).has(members[0]!.sha256 as never)).toBe('present');
  }
});

test('every row is vouched for, and no password stands in the database', async () => {
  expect(await ground.findings()).toEqual([]);
  expect(await checkArchiveUnits(ground.database.db, caseRef)).toEqual([]);
  const tables = await ground.rows(sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('investigator', 'ledger', 'policy') and table_type = 'BASE TABLE'`);
  for (const { name } of tables) {
    const text = await ground.rows(sql<{ text: string | null }>`
      select string_agg(to_jsonb(one)::text, ' ') as text from ${sql.table(name)} one`);
    for (const { password } of archives) {
      expect([name, text[0]?.text?.includes(password) ?? false]).toEqual([name, false]);
      expect([name, text[0]?.text?.includes(Buffer.from(password).toString('hex')) ?? false]).toEqual([name, false]);
    }
  }
});

test('archives are listed and shown without their passwords, while an authority is in force', async () => {
  const list = await listCaseArchives(ground.deps, { caseRef, limit: 100 });
  expect(list).toHaveLength(archives.length);
  const shown = await showArchive(ground.deps, { caseRef, setId: list[3]!.setId });
  expect(shown).toMatchObject({ value: { setId: list[3]!.setId, locks: [{ secrets: 1 }] } });
  await ground.revoke(authorityId as never);
  expect(await listCaseArchives(ground.deps, { caseRef, limit: 100 })).toEqual([]);
});

test('a changed row of a unit is found', async () => {
  const change = (by: number) =>
    sql`update investigator.archive_member set bytes = bytes + ${by}`.execute(ground.database.db);
  await change(1);
  expect((await checkArchiveUnits(ground.database.db, caseRef)).length).toBeGreaterThan(0);
  await change(-1);
  expect(await checkArchiveUnits(ground.database.db, caseRef)).toEqual([]);
});
