import { lockedArchive } from '@tutela/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceId } from '../seizure/schema.js';
import { type ArchiveGround, caseRef, fixture, openArchiveGround } from './archive.test-support.js';
import { noteTexts } from './candidates/harvest.js';
import { takeArchiveCensus } from './census/take-census.js';
import { openArchives } from './opening/open-archives.js';

let ground: ArchiveGround;
const list = Array.from({ length: 60 }, (_, at) => `list-word-${at}`);
beforeAll(async () => {
  ground = await openArchiveGround();
  await ground.importWords('list', list, 5);
}, 60_000);
afterAll(() => ground.close());

const modified = new Date('2026-01-02T03:04:06Z');
type Kind = Parameters<typeof lockedArchive>[0];
let made = 0;
const locked = (
  kind: Kind,
  name: string,
  password: string,
  members: Readonly<Record<string, string | Buffer>> = { 'a.txt': name },
) => {
  const contents = Object.entries(members).map(([member, text]) => ({
    name: member,
    bytes: Buffer.from(text),
    modified,
  }));
  const written = lockedArchive(kind, contents, { password, label: `${name}-${made++}` });
  return Object.fromEntries(written.map(({ ending, bytes }) => [`${name}${ending}`, bytes]));
};

/** Seizes, examines and recovers under an authority of its own. */
const recovered = async (name: string, files: Readonly<Record<string, string | Uint8Array>>) => {
  const source = await ground.addFolder(name, files, 'storage/*');
  const authorityId = await ground.grant('open', [source]);
  await ground.read(source);
  await takeArchiveCensus(ground.deps, { caseRef });
  await ground.recover(authorityId);
  return { source, authorityId };
};
const setsOf = (source: SourceId) =>
  ground.rows(sql<{ path: string; state: string; reason: string | null }>`
    select path, one.state, one.reason from investigator.archive_set one
      join investigator.archive_volume first on first.set_id = one.set_id and first.ordinal = 0
      join investigator.item item on item.item_id = first.item_id
     where one.source_id = ${source} order by path`);
const foundBy = async (authorityId: string) => {
  const rows = await ground.rows(sql<{ found_by: string; count: number }>`
    select found_by, count(*)::int as count from investigator.archive_secret
     where authority_id = ${authorityId} group by found_by`);
  return Object.fromEntries(rows.map(({ found_by, count }) => [found_by, count]));
};
const checksUnder = async (authorityId: string): Promise<Readonly<Record<string, number>>> => {
  const rows = await ground.rows(sql<{ words: string; checks: number }>`
    select case when words ~ ' ' then split_part(words, ' ', 1) else 'list' end as words, sum(checks)::int as checks
      from investigator.recovery_attempt where authority_id = ${authorityId} group by 1`);
  return Object.fromEntries(rows.map(({ words, checks }) => [words, checks]));
};

test('words of a readme beside an archive are tried on it first, and nothing of the list', {
  timeout: 30_000,
}, async () => {
  const { source, authorityId } = await recovered('hints', {
    ...locked('rar5-data', 'storage/ann/films', 'Nine-Lives.77'),
    'storage/ann/readme.txt': 'pass: Nine-Lives.77',
  });
  expect(await setsOf(source)).toMatchObject([{ state: 'unlocked' }]);
  expect(await foundBy(authorityId)).toEqual({ hints: 1 });
  expect((await checksUnder(authorityId)).list).toBeUndefined();
});

test('an owner has one exemplar: what the list yields for it opens the others with a check each', {
  timeout: 30_000,
}, async () => {
  const files = Object.assign(
    {},
    ...[1, 2, 3, 4, 5].map((at) => locked('zip-aes256', `storage/bob/x${at}`, 'list-word-12')),
  );
  const { source, authorityId } = await recovered('siblings', files as Record<string, Buffer>);
  expect((await setsOf(source)).map(({ state }) => state)).toEqual(Array(5).fill('unlocked'));
  expect(await foundBy(authorityId)).toEqual({ block: 1, spread: 4 });
  expect(await checksUnder(authorityId)).toMatchObject({ list: 13, word: 4 });
});

test('a list is tried to its last block, however many there are', { timeout: 30_000 }, async () => {
  const { source } = await recovered('last', locked('zip-zipcrypto', 'storage/hal/z', 'list-word-59'));
  expect(await setsOf(source)).toMatchObject([{ state: 'unlocked' }]);
});

test('a password of two owners goes to all that the authority covers, by one decision', {
  timeout: 30_000,
}, async () => {
  const { source, authorityId } = await recovered('broadcast', {
    ...locked('zip-aes256', 'storage/dan/a', 'Board.of-All'),
    'storage/dan/info.nfo': 'password: Board.of-All',
    ...locked('zip-aes256', 'storage/eve/b', 'Board.of-All'),
    'storage/eve/info.nfo': 'password: Board.of-All',
    ...locked('zip-aes256', 'storage/fay/c', 'Board.of-All'),
  });
  expect((await setsOf(source)).map(({ state }) => state)).toEqual(['unlocked', 'unlocked', 'unlocked']);
  const decisions = await ground.rows(sql<{ rule: string; locks: number }>`
    select rule, locks from investigator.secret_reuse where tried_under = ${authorityId} and found_under = ${authorityId}`);
  expect(decisions).toEqual([{ rule: 'secret.own', locks: 1 }]);
});

test("the service's own address, and posts of an account, are words too", { timeout: 30_000 }, async () => {
  const source = await ground.addFolder('posts', locked('zip-aes256', 'storage/gus/p', 'board.example'), 'storage/*');
  const authorityId = await ground.grant('open', [source]);
  await ground.read(source);
  await takeArchiveCensus(ground.deps, { caseRef });
  const texts = [{ text: 'https://board.example/', kind: 'address-of-service' as const }];
  await noteTexts(ground.deps, { caseRef, authorityId, texts });
  await ground.recover(authorityId);
  expect(await setsOf(source)).toMatchObject([{ state: 'unlocked' }]);
});

test('damage is told from a wrong password where the format allows, and said to be undecidable where not', {
  timeout: 60_000,
}, async () => {
  const broken = (bytes: Buffer, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at] = copy[at]! ^ 0xff;
    return copy;
  };
  const [rar5] = Object.values(locked('rar5-data', 'h', 'list-word-3', { 'a.txt': 'x'.repeat(3000) }));
  const [rar4] = Object.values(locked('rar4-data', 'h', 'list-word-3', { 'a.txt': 'x'.repeat(3000) }));
  const { source, authorityId } = await recovered('damage', {
    'storage/h5/rar5.rar': broken(rar5!, rar5!.length - 1500),
    'storage/h4/rar4.rar': broken(rar4!, rar4!.length - 1500),
    'storage/hw/wrong.rar': Object.values(locked('rar5-data', 'h', 'not in it'))[0]!,
    'storage/hh/head.rar': broken(await fixture('rar5-data.rar'), 12),
  });
  expect(await setsOf(source)).toEqual([
    { path: 'storage/h4/rar4.rar', state: 'exhausted', reason: 'no-word-fits-or-damaged' },
    { path: 'storage/h5/rar5.rar', state: 'damaged', reason: 'damaged' },
    { path: 'storage/hh/head.rar', state: 'damaged', reason: 'damaged' },
    { path: 'storage/hw/wrong.rar', state: 'exhausted', reason: null },
  ]);
  const secrets = await ground.rows(sql`
    select verified, reason from investigator.archive_secret where authority_id = ${authorityId}`);
  expect(secrets).toEqual([{ verified: 'by-check-only', reason: 'damaged' }]);
});

test('archives in archives are examined, recovered and opened in turn, and files cut by size are one', {
  timeout: 60_000,
}, async () => {
  const inner = Object.values(locked('zip-aes256', 'inner', 'list-word-2', { 'deep.txt': 'the bottom' }))[0]!;
  const { source, authorityId } = await recovered('nested', {
    ...locked('7z-volumes', 'storage/ike/outer', 'list-word-1', { 'inner.zip': inner, 'b.txt': 'x'.repeat(900) }),
  });
  expect(await setsOf(source)).toMatchObject([{ path: 'storage/ike/outer.7z.001', state: 'unlocked' }]);
  await openArchives(ground.deps, { caseRef });
  await takeArchiveCensus(ground.deps, { caseRef });
  await ground.recover(authorityId);
  await openArchives(ground.deps, { caseRef });
  const items = await ground.rows(sql<{ path: string; account: string; depth: number }>`
    select item.path, item.account, one.depth from investigator.item item
      left join investigator.archive_volume using (item_id) left join investigator.archive_set one using (set_id)
     where item.source_id = ${source} and item.parent_item_id is not null order by path`);
  expect(items).toEqual([
    { path: 'b.txt', account: 'ike', depth: null },
    { path: 'deep.txt', account: 'ike', depth: null },
    { path: 'inner.zip', account: 'ike', depth: 1 },
  ]);
});

test('a limit is a finding, and what came before it is kept', { timeout: 30_000 }, async () => {
  const { source } = await recovered(
    'limit',
    locked('rar5-data', 'storage/jo/big', 'list-word-0', { 'a.txt': 'small', 'b.txt': 'y'.repeat(50_000) }),
  );
  await openArchives(ground.deps, { caseRef, limits: { bytes: 1000 } });
  expect(await setsOf(source)).toMatchObject([{ state: 'limit', reason: 'bytes-limit' }]);
  expect(await ground.findings()).toEqual([]);
});
