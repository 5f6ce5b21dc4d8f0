import { createHash } from 'node:crypto';
import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { done, systemClock } from '@tutela/core';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { CaseKeyStore } from '../keys/case-key-store.js';
import { openFolderCaseKeys } from '../keys/folder-case-keys.js';
import { rotateFileKey } from '../keys/rotate-file-key.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { openPostgresCaseKeys } from './case-keys.js';
import { holdsOn, placeHold, releaseHold } from './legal-hold.js';
import { finishShreddings, shredCase } from './shred-case.js';
import { approved, copyOf, openDatabase, openLog, openPlaces, read, restoreDump } from './shred-ground.test-support.js';

const keysIn = (folder: string) => openFolderCaseKeys(path.join(folder, 'case-keys'));
const at = () => systemClock.now();

const openGround = async (kind: 'folder' | 'database') => {
  const folder = temporaryFolder();
  const { db } = await openDatabase();
  const keys = kind === 'folder' ? await keysIn(folder) : openPostgresCaseKeys(db);
  const places = await openPlaces(folder, keys);
  const [gone, kept] = [places.vault.forCase('case-1'), places.vault.forCase('case-2')];
  const { sha256 } = await gone.put(Buffer.from('of the first case'));
  await gone.put(Buffer.from('more of it'));
  const other = await kept.put(Buffer.from('of the second case'));
  const found = await keys.find('case-1');
  if (found.kind !== 'done') throw new Error('the key is there');
  const authorisation = approved({ caseRef: 'case-1', keyId: found.value.keyId });
  const authorise = async () => done(authorisation);
  const request = { caseRef: 'case-1', authorise, actor: 'officer-7' };
  return {
    ...places,
    folder,
    db,
    gone,
    kept,
    authorisation,
    sha256,
    other: other.sha256,
    keyId: found.value.keyId,
    request,
  };
};

describe.each(['folder', 'database'] as const)('with case keys in a %s', (kind) => {
  test('a shredded case opens nowhere any more, another case does, and the ledger tells of it', async () => {
    const ground = await openGround(kind);
    const { db, store, keys, gone, kept, sha256 } = ground;
    const log = openLog();
    const stored: { name: string; size: number }[] = [];
    for await (const object of store.list(ground.keyId)) if (object.kind === 'object') stored.push(object);

    const shredded = await shredCase({ db, store, keys }, ground.request);
    if (shredded.kind !== 'done') throw new Error(shredded.reason.message);
    const { text, sha256: digest } = shredded.value;
    expect(digest).toBe(createHash('sha256').update(text).digest('hex'));
    const certificate = JSON.parse(text) as Record<string, unknown>;
    expect(certificate).toMatchObject({
      case: 'case-1',
      keyId: ground.keyId,
      objects: stored.map(({ name, size }) => ({ name, size })),
      approvedBy: ['prosecutor-1', 'supervisor-2'],
      requestDigest: ground.authorisation.requestDigest,
    });

    expect(await read(gone, sha256)).toBe('shredded');
    expect(await gone.openRange(sha256, { start: 0, end: 1 })).toMatchObject({ reason: { code: 'shredded' } });
    await expect(gone.put(Buffer.from('late'))).rejects.toMatchObject({ code: 'key-destroyed' });
    const anew = await openPlaces(
      ground.folder,
      kind === 'folder' ? await keysIn(ground.folder) : openPostgresCaseKeys(db),
    );
    expect(await read(anew.vault.forCase('case-1'), sha256)).toBe('shredded');
    expect(await read(kept, ground.other)).toBe('of the second case');
    expect(await anew.vault.scrub({ shredded: new Set([ground.keyId]) })).toMatchObject({
      objects: 1,
      shredded: 2,
      findings: [],
    });
    if (kind === 'folder') {
      expect(
        (await readdir(path.join(ground.folder, 'case-keys'))).filter((name) => name.endsWith('.key')).length,
      ).toBe(1);
    }

    await log.sequence(db);
    expect(await log.check(db)).toMatchObject({ verdict: 'intact', findings: [] });
    const again = await shredCase({ db, store, keys }, ground.request);
    expect(again).toMatchObject({ kind: 'refused', reason: { code: 'already-shredded' } });
  });

  test('an order that was cut off before the key was gone is finished later', async () => {
    const { db, store, keys, gone, sha256, request } = await openGround(kind);
    const cutOff = (): never => {
      throw new Error('power lost');
    };
    const failing = { ...keys, destroy: cutOff, ...('destroyIn' in keys && { destroyIn: cutOff }) } as CaseKeyStore;
    await expect(shredCase({ db, store, keys: failing }, request)).rejects.toThrow('power lost');
    expect(await read(gone, sha256)).toBe('of the first case');
    expect(await placeHold(db, 'case-1', { actor: 'court-3', reason: 'appeal', at: at() })).toMatchObject({
      reason: { code: 'shredding-ordered' },
    });
    expect(await finishShreddings({ db, store, keys })).toHaveLength(1);
    expect(await read(gone, sha256)).toBe('shredded');
    expect(await finishShreddings({ db, store, keys })).toHaveLength(0);
    const { rows } = await sql<{ type: string }>`
      select entry::jsonb ->> 'type' as type from ledger.event order by seq`.execute(db);
    expect(rows.map(({ type }) => type)).toEqual(['vault.shredding-ordered', 'vault.case-shredded']);
  });
});

test('a restored backup without the keys opens nothing of a case shredded since', async () => {
  const { folder, db, store, keys, kept, sha256, other, request } = await openGround('database');
  // The store and a dump without vault.case_key, taken before.
  const backup = await copyOf(folder, 'vault', 'installation-key');
  const dump = await openDatabase();
  await restoreDump(db, dump.db, ['vault.case_key']);
  const shredded = await shredCase({ db, store, keys }, request);
  expect(shredded.kind).toBe('done');

  const restored = await openPlaces(backup, openPostgresCaseKeys(dump.db));
  expect(await read(restored.vault.forCase('case-1'), sha256)).toBe('not-in-vault');
  const withTodaysKeys = await openPlaces(backup, keys);
  expect(await read(withTodaysKeys.vault.forCase('case-1'), sha256)).toBe('shredded');
  expect(await read(withTodaysKeys.vault.forCase('case-2'), other)).toBe(await read(kept, other));
});

test('the condition: a backup that holds the keys as well opens, until the installation key was rotated', async () => {
  const { folder, db, store, keys, sha256, other, request } = await openGround('folder');
  const backup = await copyOf(folder, 'vault', 'case-keys', 'installation-key');
  const withoutInstallationKey = await copyOf(folder, 'vault', 'case-keys');
  expect((await shredCase({ db, store, keys }, request)).kind).toBe('done');
  const whole = await openPlaces(backup, await keysIn(backup));
  expect(await read(whole.vault.forCase('case-1'), sha256)).toBe('of the first case');

  await rotateFileKey(path.join(folder, 'installation-key'), keys);
  await cp(path.join(folder, 'installation-key'), path.join(withoutInstallationKey, 'installation-key'));
  const later = await openPlaces(withoutInstallationKey, await keysIn(withoutInstallationKey));
  await expect(read(later.vault.forCase('case-1'), sha256)).rejects.toMatchObject({ code: 'key-unusable' });
  const now = await openPlaces(folder, await keysIn(folder));
  expect(await read(now.vault.forCase('case-2'), other)).toBe('of the second case');
});

test('a case under a legal hold is not shredded until the hold is released', async () => {
  const { db, store, keys, request, gone, sha256 } = await openGround('folder');
  const placed = await placeHold(db, 'case-1', { actor: 'court-3', reason: 'appeal pending', at: at() });
  if (placed.kind !== 'done') throw new Error(placed.reason.message);
  const refused = await shredCase({ db, store, keys }, request);
  expect(refused).toMatchObject({ kind: 'refused', reason: { code: 'legal-hold' } });
  expect(refused.kind === 'refused' && refused.reason.message).toContain(placed.value.id);
  expect(await read(gone, sha256)).toBe('of the first case');
  expect(await holdsOn(db, 'case-1')).toEqual([placed.value]);

  const word = { actor: 'court-3', reason: 'appeal withdrawn', at: at() };
  expect((await releaseHold(db, placed.value.id, word)).kind).toBe('done');
  expect(await releaseHold(db, placed.value.id, word)).toMatchObject({ reason: { code: 'no-such-hold' } });
  expect((await shredCase({ db, store, keys }, request)).kind).toBe('done');
  const log = openLog();
  await log.sequence(db);
  expect(await log.check(db)).toMatchObject({ verdict: 'intact' });
});

test('nothing but two people’s word on this key of this case is an authorisation', async () => {
  const { db, store, keys, keyId, request, gone, sha256, authorisation: good } = await openGround('folder');
  const wrong = [
    { ...good, approvedBy: ['prosecutor-1'] },
    { ...good, approvedBy: ['prosecutor-1', 'prosecutor-1'] },
    { ...good, approvedBy: ['prosecutor-1', 'officer-7'] },
    { ...good, requestDigest: 'ab'.repeat(32) },
    { ...good, request: `${good.request} ` },
    approved({ caseRef: 'case-2', keyId }),
    approved({ caseRef: 'case-1', keyId: crypto.randomUUID() }),
    { ...good, request: '{}', requestDigest: createHash('sha256').update('{}').digest('hex') },
    { ...good, request: '{', requestDigest: createHash('sha256').update('{').digest('hex') },
  ];
  for (const authorisation of wrong) {
    const outcome = await shredCase({ db, store, keys }, { ...request, authorise: async () => done(authorisation) });
    expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'not-authorised' } });
  }
  expect(await shredCase({ db, store, keys }, { ...request, caseRef: 'case-9' })).toMatchObject({ kind: 'nothing' });
  expect(await read(gone, sha256)).toBe('of the first case');
});
