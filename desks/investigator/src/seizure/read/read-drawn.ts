import { toHex } from '@tutela/core';
import { digestBytes } from '@tutela/fingerprint';
import type { FilePull } from '@tutela/image';
import { type Classified, classify } from './file-class.js';
import { headBytes, type ReadDeps, type ReadFile, smallBytes } from './read-file.js';

/** Reads a file that is drawn from an image, once. `unreadable` also where the image is damaged below it. */
export const readDrawn = async (file: FilePull, size: number, deps: ReadDeps): Promise<ReadFile> => {
  const read = size <= smallBytes ? await drawSmall(file, size) : await drawLong(file, deps);
  const ended = await file.end();
  if (read.state !== 'digested') return read;
  if (ended.kind !== 'done') return { state: ended.reason.code === 'stopped' ? 'stopped' : 'unreadable' };
  return read.size === size ? read : { state: 'changed' };
};

const drawSmall = async (file: FilePull, size: number): Promise<ReadFile> => {
  const content = Buffer.allocUnsafe(size + 1);
  const bytes = content.subarray(0, await file.read(content));
  const { sha256, sha1, md5 } = digestBytes(bytes);
  const digests = { sha256: toHex(sha256), sha1: toHex(sha1), md5: toHex(md5), extents: [] };
  return { state: 'digested', size: bytes.length, ...digests, ...classify(bytes.subarray(0, headBytes)) };
};

const drawLong = async (file: FilePull, { digester, extentBytes, mayGoOn }: ReadDeps): Promise<ReadFile> => {
  let head: Classified | undefined;
  const read = async (room: Buffer): Promise<number> => {
    const filled = await file.read(room);
    head ??= classify(Uint8Array.prototype.slice.call(room, 0, Math.min(filled, headBytes)));
    return filled;
  };
  const digests = await digester().digest(read, extentBytes, mayGoOn);
  if (digests === 'stopped') return { state: 'stopped' };
  const { extents, ...others } = digests;
  return { state: 'digested', ...others, extents: extents.length > 1 ? extents : [], ...head! };
};
