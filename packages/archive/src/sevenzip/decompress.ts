import { fromHex } from '@tutela/core';
import { damaged } from '../archive-error.js';
import type { Check } from '../census/lock.js';
import { LzmaDecoder } from './lzma.js';

export type Coder = Extract<Check, { readonly scheme: '7z' }>['coder'];

/**
 * The first `wanted` bytes of what `packed` holds.
 * @throws ArchiveError `damaged` when it is no such stream or holds fewer
 */
export const decompressStart = (coder: Coder, packed: Uint8Array, wanted: number): Uint8Array => {
  if (coder.name === 'copy') {
    if (packed.length < wanted) throw damaged('a stored stream is cut off');
    return packed.subarray(0, wanted);
  }
  const out = new Uint8Array(wanted);
  if (coder.name === 'lzma') {
    const decoder = new LzmaDecoder(fromHex(coder.properties)?.[0] ?? 0xff);
    decoder.begin(packed);
    decoder.decode(out, 0, wanted);
  } else {
    lzma2(packed, out);
  }
  return out;
};

/** LZMA2: pieces with a control byte; 0xE0 resets all, 0xC0 takes new properties, 0xA0 resets the state, 0x80 goes on. */
const lzma2 = (packed: Uint8Array, out: Uint8Array): void => {
  let decoder: LzmaDecoder | undefined;
  let property: number | undefined;
  let window = out;
  let done = 0;
  let at = 0;
  const next = (): number => {
    const byte = packed[at++];
    if (byte === undefined) throw damaged('an LZMA2 stream is cut off');
    return byte;
  };
  const short = (): number => (next() << 8) + next() + 1;

  while (out.byteOffset + out.length > window.byteOffset + done) {
    const control = next();
    if (control === 0) throw damaged('an LZMA2 stream ends early');
    if (control === 1 || control >= 0xe0) {
      window = window.subarray(done);
      done = 0;
    }
    if (control < 0x80) {
      if (control > 2) throw damaged('an LZMA2 piece of an unknown kind');
      const piece = packed.subarray(at + 2, at + 2 + short());
      at += piece.length;
      const fitting = piece.subarray(0, window.length - done);
      window.set(fitting, done);
      done += fitting.length;
      continue;
    }
    const unpacked = ((control & 0x1f) << 16) + short();
    const packedBytes = short();
    if (control >= 0xc0) property = next();
    if (control >= 0xa0) decoder = property === undefined ? undefined : new LzmaDecoder(property);
    if (decoder === undefined) throw damaged('an LZMA2 piece that goes on from nothing');
    decoder.begin(packed.subarray(at, at + packedBytes));
    const end = Math.min(window.length, done + unpacked);
    decoder.decode(window, done, end);
    done = end;
    at += packedBytes;
  }
};
