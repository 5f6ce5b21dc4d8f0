import { createHash } from 'node:crypto';
import { type FileHandle, statfs } from 'node:fs/promises';
import { done, limited, type Outcome, refused } from '@tutela/core';
import { type FileCode, type OpenCode, type OpenImage, pullImageFile } from '@tutela/image';
import { type ImagePlace, parsePlace } from '../../seizure/image/image-place.js';
import { type MayGoOn, untilStopped } from '../../seizure/image/until-stopped.js';
import type { ArchiveItem } from '../archive-item.js';
import type { OpenImages } from './open-images.js';
import { type ReadableItem, type ReadFault, readable } from './readable-item.js';
import { openScratchFile } from './scratch-file.js';

export interface ImageReading {
  readonly images: OpenImages;
  readonly scratch: string;
  /** A larger file is not copied out. */
  readonly mostBytes: number;
}

const pieceBytes = 1 << 20;
/** What others keep free of the scratch folder. */
const reserveBytes = 256 << 20;

/**
 * Copies one file out of an image by its address, contained as the pass was, and hands it on only if it is what was
 * digested: so an address that leads elsewhere, and a part that was damaged since, give nothing away.
 * @param mayGoOn asked twice a second while the tool runs; once it says no the tool is ended
 */
export const openFromImage = async (
  { images, scratch, mostBytes }: ImageReading,
  item: ArchiveItem,
  mayGoOn: MayGoOn,
): Promise<Outcome<ReadableItem, ReadFault>> => {
  const place = item.imagePlace === null ? undefined : parsePlace(item.imagePlace);
  if (place === undefined) return refused('not-kept', 'where it lies in its image was not kept: a new pass keeps it');
  if (item.size > mostBytes) return limited('too-large', `of an image, no more than ${mostBytes} bytes are copied out`);
  const { bavail, bsize } = await statfs(scratch);
  if (bavail * bsize < item.size + reserveBytes) return limited('no-room', `there is no room for it in ${scratch}`);
  const image = await images.find(item.locator);
  if (image.kind !== 'done') return faultOf(image.reason);
  const file = await openScratchFile(scratch);
  const copied = await copy(image.value, place, { item, file, mayGoOn }).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  if (copied.kind === 'done') return readable(file, item);
  await file.close();
  return copied;
};

interface Copying {
  readonly item: ArchiveItem;
  readonly file: FileHandle;
  readonly mayGoOn: MayGoOn;
}

const copy = async (
  image: OpenImage,
  { startSector, inode, state }: ImagePlace,
  { item, file, mayGoOn }: Copying,
): Promise<Outcome<undefined, ReadFault>> => {
  const { signal, close } = untilStopped(mayGoOn);
  const drawn = pullImageFile({
    image: { ...image, deps: { ...image.deps, stop: signal } },
    volume: { startSector },
    entry: { inode, state, kind: 'file', size: item.size },
  });
  try {
    const hash = createHash('sha256');
    const room = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, item.size)));
    for (;;) {
      const piece = room.subarray(0, await drawn.read(room));
      if (piece.length === 0) break;
      hash.update(piece);
      await file.writeFile(piece);
    }
    const ended = await drawn.end();
    if (ended.kind !== 'done') return faultOf(ended.reason);
    return hash.digest('hex') === item.sha256
      ? done(undefined)
      : refused('changed', 'what lies there is not the file that was digested');
  } finally {
    close();
    // Whoever failed to write leaves no tool behind.
    await drawn.end();
  }
};

const faultOf = ({ code, message }: { readonly code: OpenCode | FileCode; readonly message: string }) =>
  refused(faults[code] ?? 'unreadable', message);

const faults: Readonly<Partial<Record<OpenCode | FileCode, ReadFault>>> = {
  'tool-missing': 'tool-missing',
  stopped: 'stopped',
  'missing-file': 'gone',
  'too-short': 'changed',
  'too-long': 'changed',
};
