import { open } from 'node:fs/promises';
import { done, failed, type Outcome } from '@tutela/core';
import { type OpenImage, streamOf } from '../open-image.js';
import { stopped } from '../tool/run-tool.js';
import type { ToolCode } from '../tool/tool-run.js';

export type StreamCode = ToolCode | 'read-error' | 'too-short';

const pieceBytes = 4 << 20;
/** What comes out of a pipe comes in small pieces: they are gathered to this many bytes. */
const gatheredBytes = 1 << 20;

/**
 * Hands on every byte of the disk, in pieces of a mebibyte and more but for the last, and fails where fewer came than
 * the image holds. A raw image is its own stream; others come through `img_cat`. A piece is overwritten when its
 * receiver has ended.
 */
export const streamImage = async (
  image: OpenImage,
  receive: (piece: Buffer) => void | Promise<void>,
): Promise<Outcome<{ readonly bytes: number }, StreamCode>> => {
  const came = image.format === 'raw' ? await streamRaw(image, receive) : await streamThroughTool(image, receive);
  if (came.kind !== 'done' || came.value.bytes === image.bytes) return came;
  // Of a raw file, `img_stat` counts whole sectors.
  const isTail = came.value.bytes > image.bytes && came.value.bytes - image.bytes < image.sectorBytes;
  if (image.format === 'raw' && isTail) return came;
  return failed('too-short', `${came.value.bytes} of ${image.bytes} bytes came`);
};

const streamRaw = async (
  { paths, deps }: OpenImage,
  receive: (piece: Buffer) => void | Promise<void>,
): Promise<Outcome<{ readonly bytes: number }, StreamCode>> => {
  const room = Buffer.allocUnsafe(pieceBytes);
  let bytes = 0;
  for (const path of paths) {
    try {
      const file = await open(path, 'r');
      try {
        for (;;) {
          if (deps.stop?.aborted) return stopped;
          const { bytesRead } = await file.read(room, 0, room.length, null);
          if (bytesRead === 0) break;
          bytes += bytesRead;
          await receive(room.subarray(0, bytesRead));
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      return failed('read-error', `at byte ${bytes}: ${error.message}`);
    }
  }
  return done({ bytes });
};

const streamThroughTool = async (
  image: OpenImage,
  receive: (piece: Buffer) => void | Promise<void>,
): Promise<Outcome<{ readonly bytes: number }, StreamCode>> => {
  const room = Buffer.allocUnsafe(gatheredBytes);
  let filled = 0;
  let bytes = 0;
  const ran = await streamOf(image, { tool: 'img_cat', parameters: [] }, async (piece) => {
    bytes += piece.length;
    for (let from = 0; from < piece.length; ) {
      const copied = piece.copy(room, filled, from);
      filled += copied;
      from += copied;
      if (filled === room.length) {
        await receive(room);
        filled = 0;
      }
    }
    return undefined;
  });
  if (filled > 0) await receive(room.subarray(0, filled));
  if (ran.kind !== 'done') return ran;
  const { exitCode, complaint } = ran.value;
  return exitCode === 0 && complaint === ''
    ? done({ bytes })
    : failed('read-error', `at byte ${bytes}: ${complaint.trim()}`);
};
