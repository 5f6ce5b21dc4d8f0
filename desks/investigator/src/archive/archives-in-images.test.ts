import path from 'node:path';
import { refused } from '@tutela/core';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  linuxStart,
  makeLinuxDisk,
  missingImageTools,
  skippedWithoutImageTools,
} from '../seizure/image/disk-image.test-support.js';
import { by } from '../seizure/seizure.test-support.js';
import { addSource } from '../seizure/sources.js';
import { type ArchiveGround, archives, caseRef, fixture, openArchiveGround, value } from './archive.test-support.js';
import { harvestTexts } from './candidates/harvest.js';
import { takeArchiveCensus } from './census/take-census.js';
import { type ItemReader, openItemReader } from './item-reader.js';
import { openArchives } from './opening/open-archives.js';
import { openLocks } from './recovery/lock-material.js';
import { checkArchiveUnits } from './units.js';

const held = archives.filter(({ id }) => ['rar5-multi', 'zip-aes256', '7z-hdr'].includes(id));
const excluded = archives.filter(({ id }) => id === 'zip-zipcrypto');

const filesOf = async (chosen: typeof archives): Promise<Record<string, Uint8Array>> => {
  const files: Record<string, Uint8Array> = {};
  for (const { id, files: names } of chosen)
    for (const name of names) files[`storage/${id}/${name}`] = await fixture(name);
  return files;
};

describe.skipIf(missingImageTools.length > 0)(`archives inside of disk images (${skippedWithoutImageTools})`, () => {
  let ground: ArchiveGround;
  let authorityId: string;
  const addDisk = async (name: string, files: Readonly<Record<string, string | Uint8Array>>) => {
    const locator = path.join(ground.folder, `${name}.raw`);
    await makeLinuxDisk(locator, files);
    const source = { caseRef, exhibit: '3', kind: 'image', locator } as const;
    const accountPath = `volume-${linuxStart}/storage/*`;
    return value(await addSource(ground.deps, { ...source, accountPath }, by()));
  };
  beforeAll(async () => {
    ground = await openArchiveGround();
    const readme = { [`storage/${held[0]?.id}/readme.txt`]: `the password is ${held[0]?.password}` };
    const added = await addDisk('disk', { ...readme, ...(await filesOf([...held, ...excluded])) });
    const exclusions = [{ folders: [`volume-${linuxStart}/storage/zip-zipcrypto`], reason: 'another customer' }];
    const scope = { sources: [added.source_id], accounts: 'any', addresses: 'any', periods: 'any' } as const;
    authorityId = await ground.grant('open', [added.source_id], {
      scope: { ...scope, fileClasses: 'any', keywords: 'any', exclusions, privilegeTerms: [] },
    });
    await ground.read(added.source_id);
  });
  afterAll(() => ground.close());

  const sets = () =>
    ground.rows(sql<{ id: string; state: string; reason: string | null; locks: readonly string[] }>`
      select split_part(item.path, '/', 3) as id, one.state, one.reason,
             array(select lock_key from investigator.archive_set_lock own where own.set_id = one.set_id) as locks
        from investigator.archive_set one
        join investigator.archive_volume first on first.set_id = one.set_id and first.ordinal = 0
        join investigator.item item on item.item_id = first.item_id
       where item.parent_item_id is null order by id`);

  test('what cannot be read just now is left for the next census', async () => {
    // As where icat is not installed.
    const reader: ItemReader = { open: async () => refused('tool-missing', 'icat is not installed') };
    const counts = await takeArchiveCensus({ ...ground.deps, reader }, { caseRef });
    expect(counts).toEqual({ sets: 0, locked: 0, locks: 0, leads: 0, refused: 0, unread: 7 });
    expect(await sets()).toEqual([]);
  });

  test('the census of a locked archive inside an image equals the lines of the manifest', async () => {
    const counts = await takeArchiveCensus(ground.deps, { caseRef, unitFiles: 3 });
    expect(counts).toMatchObject({ sets: held.length, locked: held.length, refused: 0, unread: 0 });
    for (const { id, locks } of await sets()) {
      const { hashcat } = (await openLocks(ground.deps, caseRef, locks)).get(locks[0] ?? '')!;
      expect([id, hashcat.kind === 'line' && hashcat.line]).toEqual([id, held.find((one) => one.id === id)?.hashLine]);
    }
  });

  test('a text beside it gives its words, and each opens with its password by the embedded engine', {
    timeout: 120_000,
  }, async () => {
    expect(await harvestTexts(ground.deps, { caseRef, authorityId })).toBe(1);
    await ground.importWords('some', ['apple', 'banana', ...held.slice(1).map(({ password }) => password)]);
    expect(await ground.recover(authorityId)).toMatchObject({ state: 'ended' });
    expect((await sets()).map(({ id, state }) => [id, state])).toEqual(
      held.map(({ id }) => [id, 'unlocked']).sort(([one], [other]) => (one! < other! ? -1 : 1)),
    );
    expect(await openArchives(ground.deps, { caseRef })).toEqual({ opened: held.length });
    for (const { id, contents } of held) {
      const members = await ground.rows(sql<{ path: string; size: number; sha256: string }>`
        select path, size, sha256 from investigator.item
         where account = ${id} and parent_item_id is not null order by path`);
      expect(Object.fromEntries(members.map((member) => [member.path, member.sha256]))).toEqual(
        Object.fromEntries(Object.entries(contents).map(([name, { sha256 }]) => [name, sha256])),
      );
    }
    expect(await checkArchiveUnits(ground.database.db, caseRef)).toEqual([]);
    expect(await ground.findings()).toEqual([]);
  });

  test('one that is too large to be copied out is a limit, and nothing of it was copied', async () => {
    const { source_id: sourceId } = await addDisk('other', await filesOf(excluded));
    await ground.grant('list', [sourceId]);
    await ground.read(sourceId);
    const reader = openItemReader(ground.vault, { mostImageBytes: 1 });
    expect(await takeArchiveCensus({ ...ground.deps, reader }, { caseRef })).toMatchObject({ sets: 1, locked: 0 });
    expect(await sets()).toContainEqual({ id: excluded[0]?.id, state: 'limit', reason: 'too-large', locks: [] });
  });
});
