import { open } from 'node:fs/promises';
import type { ByteSource } from '../archive/members.js';

const atOnce = 1 << 20;

/** A file that is read from anywhere. @throws what the file system throws */
export const fileBytes = async (file: string): Promise<ByteSource> => {
  const handle = await open(file, 'r');
  const { size } = await handle.stat();
  const read = async (from: number, to: number): Promise<Uint8Array> => {
    const buffer = Buffer.allocUnsafe(to - from);
    for (let at = 0; at < buffer.length; ) {
      const { bytesRead } = await handle.read(buffer, at, buffer.length - at, from + at);
      if (bytesRead === 0) throw new RangeError(`${file} became shorter while it was read`);
      at += bytesRead;
    }
    return buffer;
  };
  return {
    size,
    read,
    stream: async function* (from, to) {
      for (let at = from; at < to; at += atOnce) yield await read(at, Math.min(to, at + atOnce));
    },
    close: () => handle.close(),
  };
};
