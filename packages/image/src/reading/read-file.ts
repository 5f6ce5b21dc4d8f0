import { done, failed, type Outcome, refused } from '@tutela/core';
import type { ByteRange } from '../ewf/verify-ewf.js';
import type { ImageEntry } from '../listing/entry.js';
import { type OpenImage, streamOf } from '../open-image.js';
import type { ToolCode } from '../tool/tool-run.js';
import { offsetOf, type Volume } from '../volume/volume.js';
import { damageTo } from './damage.js';

export type FileCode =
  | ToolCode
  | 'not-a-file'
  | 'reallocated'
  | 'too-short'
  | 'too-long'
  | 'read-error'
  | 'damaged'
  | 'damage-unknown';

export interface FileReading {
  readonly image: OpenImage;
  readonly volume: Pick<Volume, 'startSector'>;
  readonly entry: Pick<ImageEntry, 'inode' | 'kind' | 'state' | 'size'>;
  /** Of `verifyEwf`: the tools do not complain of damage, they hand out zeros. */
  readonly damaged?: readonly ByteRange[];
  readonly receive: (piece: Buffer) => void | Promise<void>;
}

/**
 * Streams a file's bytes. Done when as many came as its entry says and none of them is known to be damaged; bytes
 * of a deleted file are what stands in its place now. Whatever came before a fault was handed on.
 */
export const readImageFile = async (reading: FileReading): Promise<Outcome<{ readonly bytes: number }, FileCode>> => {
  const { image, volume, entry, receive, damaged = [] } = reading;
  if (entry.kind !== 'file') return refused('not-a-file', 'only files are read');
  if (entry.state === 'reallocated')
    return refused('reallocated', 'its place belongs to another file: what would be read is that one');
  let bytes = 0;
  const order = {
    tool: 'icat' as const,
    parameters: [...(entry.state === 'deleted' ? ['-r'] : []), ...offsetOf(volume)],
    after: [entry.inode],
  };
  const ran = await streamOf(image, order, async (piece) => {
    const within = piece.subarray(0, Math.max(0, entry.size - bytes));
    bytes += piece.length;
    if (within.length > 0) await receive(within);
    return bytes > entry.size ? 'stop' : undefined;
  });
  if (ran.kind !== 'done') return ran;
  const { exitCode, complaint } = ran.value;
  const came = `${Math.min(bytes, entry.size)} of ${entry.size} bytes`;
  if (bytes > entry.size) return failed('too-long', `more than its ${entry.size} bytes came`);
  if (exitCode !== 0 || complaint !== '') return failed('read-error', `${came}, then: ${complaint.trim()}`);
  if (bytes < entry.size) return failed('too-short', `${came} came`);
  if (damaged.length === 0) return done({ bytes });
  const damage = await damageTo(image, volume, entry, damaged);
  if (damage.kind !== 'done') return damage;
  const [first] = damage.value;
  return first === undefined
    ? done({ bytes })
    : failed('damaged', `it has bytes of the image's damaged range ${first.from} to ${first.to - 1}`);
};
