import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileInstallationKey } from '../keys/file-installation-key.js';
import { openFolderCaseKeys } from '../keys/folder-case-keys.js';
import { openKeyring } from '../keys/keyring.js';
import { openVault } from '../open-vault.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import type { KeyId } from './object-store.js';
import { type RunningRadosgw, radosgwMissing, startRadosgw } from './radosgw.test-support.js';
import { openS3Store } from './s3-store.js';

const skipped = radosgwMissing ?? (process.env.TUTELA_LONG ? undefined : 'only with TUTELA_LONG=1');

describe.skipIf(skipped !== undefined)(`a store in radosgw (${skipped ?? 'Debian 16.2'})`, () => {
  let server: RunningRadosgw;
  let admin: S3Client;
  beforeAll(async () => {
    server = await startRadosgw();
    const { endpoint, credentials } = server;
    admin = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  });
  afterAll(async () => {
    admin?.destroy();
    await server?.stop();
  });

  const newBucket = async (lock: 'with-lock' | 'plain' = 'plain'): Promise<string> => {
    const bucket = `b${randomBytes(6).toString('hex')}`;
    const ObjectLockEnabledForBucket = lock === 'with-lock';
    await admin.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket }));
    return bucket;
  };
  const openStore = async (bucket: string) => {
    const folder = temporaryFolder();
    const { endpoint, credentials } = server;
    const place = { bucket, prefix: 'tutela/', endpoint, region: 'us-east-1', staging: path.join(folder, 'incoming') };
    const store = await openS3Store({ ...place, credentials });
    const keys = await openFolderCaseKeys(path.join(folder, 'keys'));
    const installationKeys = await openFileInstallationKey(path.join(folder, 'installation-key'));
    return { folder, store, vault: openVault({ store, keyring: openKeyring({ keys, installationKeys }) }) };
  };
  const only = async (store: Awaited<ReturnType<typeof openStore>>['store']) => {
    for await (const found of store.list()) if (found.kind === 'object') return found;
    throw new Error('the store is empty');
  };
  const keyOf = ({ keyId, name }: { keyId: KeyId; name: string }) => `tutela/objects/${keyId}/${name}`;

  test('what is put comes back, whole and in ranges, small and in parts, and is held once', async () => {
    const { folder, store, vault } = await openStore(await newBucket());
    const compartment = vault.forCase('case-1');
    for (const size of [0, 1, 100_000, 8 * 1024 * 1024 - 10_000, 20 * 1024 * 1024 + 5]) {
      const bytes = randomBytes(size);
      const { sha256, status } = await compartment.put(bytes);
      expect(status).toBe('stored');
      expect((await compartment.put(bytes)).status).toBe('already-there');
      const opened = await compartment.open(sha256);
      if (opened.kind !== 'done') throw new Error(opened.reason.message);
      const back = createHash('sha256')
        .update(await buffer(opened.value.bytes))
        .digest('hex');
      expect(back).toBe(sha256);
      if (size < 100) continue;
      const part = await compartment.openRange(sha256, { start: size - 70_000, end: size - 3 });
      if (part.kind !== 'done') throw new Error(part.reason.message);
      expect((await buffer(part.value.bytes)).equals(bytes.subarray(size - 70_000, size - 3))).toBe(true);
    }
    expect(await vault.scrub()).toMatchObject({ objects: 5, findings: [], end: 'complete' });
    expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
    store.close();
  });

  test('two who put the same bytes at once both succeed, and one object is there', async () => {
    const { store, vault } = await openStore(await newBucket());
    const bytes = randomBytes(300_000);
    const put = await Promise.all(Array.from({ length: 6 }, () => vault.forCase('case-1').put(bytes)));
    expect(new Set(put.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await vault.scrub()).toMatchObject({ objects: 1, findings: [] });
    store.close();
  });

  test('an object is not written over, a wrong body is refused by the server, and a cut one is replaced', async () => {
    const bucket = await newBucket();
    const { store, vault } = await openStore(bucket);
    const bytes = randomBytes(1000);
    const { sha256 } = await vault.forCase('case-1').put(bytes);
    const Key = keyOf(await only(store));
    const spoilt = { Bucket: bucket, Key, Body: Buffer.from('x') };
    await expect(admin.send(new PutObjectCommand({ ...spoilt, IfNoneMatch: '*' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
    const ContentMD5 = createHash('md5').update('y').digest('base64');
    await expect(admin.send(new PutObjectCommand({ ...spoilt, ContentMD5 }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
    });
    await admin.send(new PutObjectCommand(spoilt));
    expect(await vault.scrub()).toMatchObject({ findings: [{ kind: 'damaged' }] });
    await expect(vault.forCase('case-1').open(sha256)).rejects.toMatchObject({ code: 'damaged' });
    expect((await vault.forCase('case-1').put(bytes)).status).toBe('stored');
    expect(await vault.scrub()).toMatchObject({ objects: 1, findings: [] });
    store.close();
  });

  test('what is not there is absent, a foreign object is named, and a listing goes on after any name', async () => {
    const bucket = await newBucket();
    const { store, vault } = await openStore(bucket);
    for (let n = 0; n < 12; n++) await vault.forCase(`case-${n % 3}`).put(Buffer.from(`object ${n}`));
    await admin.send(new PutObjectCommand({ Bucket: bucket, Key: 'tutela/objects/notes.txt', Body: 'mine' }));
    const all = [];
    for await (const found of store.list()) all.push(found);
    expect(all.filter(({ kind }) => kind === 'foreign')).toEqual([
      { kind: 'foreign', path: 'tutela/objects/notes.txt' },
    ]);
    const objects = all.flatMap((found) => (found.kind === 'object' ? [found] : []));
    expect(objects).toHaveLength(12);
    const rest = [];
    for await (const found of store.list(undefined, objects[7])) if (found.kind === 'object') rest.push(found);
    expect(rest).toEqual(objects.slice(8));
    const missing = { keyId: objects[0]!.keyId, name: 'ab'.repeat(32) };
    expect(await store.stat(missing)).toMatchObject({ kind: 'nothing' });
    expect(await store.read(missing, { start: 0 })).toMatchObject({ kind: 'nothing' });
    expect(await store.remove(missing)).toMatchObject({ kind: 'nothing' });
    expect((await store.remove(objects[0]!)).kind).toBe('done');
    expect(await store.stat(objects[0]!)).toMatchObject({ kind: 'nothing' });
    store.close();
  });

  test('an object that the store retains or holds is not removed, and that is an answer', async () => {
    const bucket = await newBucket('with-lock');
    const { store, vault } = await openStore(bucket);
    await vault.forCase('case-1').put(Buffer.from('kept by law'));
    const object = await only(store);
    const place = { Bucket: bucket, Key: keyOf(object) };
    await admin.send(new PutObjectLegalHoldCommand({ ...place, LegalHold: { Status: 'ON' } }));
    expect(await store.remove(object)).toMatchObject({ kind: 'refused', reason: { code: 'retained' } });
    await admin.send(new PutObjectLegalHoldCommand({ ...place, LegalHold: { Status: 'OFF' } }));
    const until = new Date(Date.now() + 3_600_000);
    await admin.send(
      new PutObjectRetentionCommand({ ...place, Retention: { Mode: 'COMPLIANCE', RetainUntilDate: until } }),
    );
    expect(await store.remove(object)).toMatchObject({ kind: 'refused', reason: { code: 'retained' } });
    expect(await vault.scrub()).toMatchObject({ objects: 1, findings: [] });
    store.close();
  });

  test('in a bucket that keeps versions all of them are removed', async () => {
    const bucket = await newBucket();
    const versioning = { Status: 'Enabled' } as const;
    await admin.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: versioning }));
    const { store, vault } = await openStore(bucket);
    await vault.forCase('case-1').put(Buffer.from('twice'));
    const object = await only(store);
    await admin.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(object), Body: 'x' }));
    expect((await store.remove(object)).kind).toBe('done');
    expect(await store.stat(object)).toMatchObject({ kind: 'nothing' });
    store.close();
  });
});
