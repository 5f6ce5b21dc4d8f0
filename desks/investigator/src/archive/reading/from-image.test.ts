import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listFiles, openImage } from '@tutela/image';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  linuxStart,
  makeLinuxDisk,
  missingImageTools,
  skippedWithoutImageTools,
} from '../../seizure/image/disk-image.test-support.js';
import { placeOf } from '../../seizure/image/image-place.js';
import type { ArchiveItem } from '../archive-item.js';
import { openItemReader } from '../item-reader.js';

const bytes = Buffer.alloc(3 << 20, 'tutela');
const holeBytes = 2 ** 31;

describe.skipIf(missingImageTools.length > 0)(`a file of an image (${skippedWithoutImageTools})`, () => {
  let folder: string;
  let disk: string;
  let scratch: string;
  const places = new Map<string, string>();
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tutela-image-'));
    scratch = await mkdtemp(path.join(folder, 'scratch-'));
    disk = path.join(folder, 'disk.raw');
    await makeLinuxDisk(disk, { 'a.bin': bytes, empty: '', hole: { zeros: holeBytes } }, 3000);
    const image = await openImage({ record: () => undefined }, { paths: [disk] });
    if (image.kind !== 'done') throw new Error(image.reason.message);
    await listFiles(image.value, { startSector: linuxStart }, (entry) => {
      const place = placeOf(linuxStart, entry);
      if (place !== undefined) places.set(entry.path.toString(), place);
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  const itemOf = (name: string, content: Buffer, changes: Partial<ArchiveItem> = {}): ArchiveItem => ({
    itemId: 1,
    caseRef: 'case-1',
    sourceId: '1',
    sourceKind: 'image',
    locator: disk,
    parentItemId: null,
    path: `volume-${linuxStart}/${name}`,
    pathBytes: null,
    pathSha256: '',
    imagePlace: places.get(name) ?? null,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    account: null,
    modifiedAt: null,
    fileClass: 'other',
    fullPath: null,
    depth: 0,
    ...changes,
  });
  const readerOf = (mostImageBytes?: number) =>
    openItemReader(undefined as never, { scratch, ...(mostImageBytes !== undefined && { mostImageBytes }) });

  test('is read as it was digested, and leaves nothing behind', async () => {
    for (const [name, content] of [
      ['a.bin', bytes],
      ['empty', Buffer.alloc(0)],
    ] as const) {
      const opened = await readerOf().open(itemOf(name, content));
      if (opened.kind !== 'done') throw new Error(opened.reason.message);
      const { source, size, close } = opened.value;
      expect(Buffer.from(await source.read(0, size)).equals(content)).toBe(true);
      expect(await readdir(scratch)).toEqual([]);
      await close();
    }
  });

  test('is not read where it is another, where its place is not known, or where it is too large', async () => {
    const item = itemOf('a.bin', bytes);
    const faults: readonly (readonly [string, Partial<ArchiveItem>])[] = [
      ['changed', { sha256: '0'.repeat(64) }],
      ['changed', { size: bytes.length - 1 }],
      ['changed', { size: bytes.length + 1 }],
      ['changed', { imagePlace: places.get('empty') ?? null }],
      ['unreadable', { imagePlace: `${linuxStart}/99999999` }],
      ['not-kept', { imagePlace: null }],
      ['gone', { locator: path.join(folder, 'nowhere.raw') }],
      ['no-room', { size: 2 ** 52 }],
    ];
    for (const [code, changes] of faults)
      expect(await readerOf(2 ** 53).open({ ...item, ...changes })).toMatchObject({ reason: { code } });
    expect(await readerOf(bytes.length - 1).open(item)).toMatchObject({
      kind: 'limited',
      reason: { code: 'too-large' },
    });
  });

  test('is not copied any further once that is not allowed any more', async () => {
    const item = itemOf('hole', Buffer.alloc(0), { size: holeBytes });
    let asked = 0;
    const stopped = await readerOf().open(item, async () => (++asked > 0 ? 'stops' : 'goes-on'));
    expect(stopped).toMatchObject({ reason: { code: 'stopped' } });
    expect(asked).toBeGreaterThan(0);
    expect(await readdir(scratch)).toEqual([]);
  });
});
