import { toHex } from '@tutela/core';
import type { Inventory } from './inventory.js';
import type { PackageSource, VerifyDeps, VerifyProgress } from './ports.js';

/** What a file turned out to be when it was read. Digests in hexadecimal. */
export interface TakenDigest {
  readonly bytes: bigint;
  readonly sha256: string;
  readonly sha512: string;
  /** SHA-512 of the first bytes, as many as were expected, where there are more. */
  readonly expectedPart?: string;
}

/** Reads each file once and knows its digests afterwards. */
export interface DigestingReader {
  /** Must be read to its end for the digests to be known; `drain` does that. */
  readonly read: (path: string, expectedBytes?: bigint) => AsyncIterable<Uint8Array>;
  /** The whole file; `undefined` when it is longer than `most` or not there. */
  readonly whole: (path: string, most: number) => Promise<Uint8Array | undefined>;
  readonly taken: (path: string) => TakenDigest | undefined;
}

export const newDigestingReader = (
  source: PackageSource,
  inventory: Inventory,
  { startDigest }: VerifyDeps,
  progress: (progress: VerifyProgress) => void,
): DigestingReader => {
  const known = new Map<string, TakenDigest>();
  let total = 0n;
  for (const bytes of inventory.values()) total += bytes;
  let done = 0n;

  async function* read(path: string, expectedBytes?: bigint): AsyncGenerator<Uint8Array> {
    const digests = { sha256: startDigest('sha256'), sha512: startDigest('sha512') };
    let expectedPart: string | undefined;
    let bytes = 0n;
    for await (const chunk of source.read(path)) {
      const rest = expectedBytes === undefined ? undefined : expectedBytes - bytes;
      if (rest !== undefined && rest >= 0n && rest < BigInt(chunk.length)) {
        const part = digests.sha512.copy();
        part.update(chunk.subarray(0, Number(rest)));
        expectedPart = toHex(part.take());
      }
      digests.sha256.update(chunk);
      digests.sha512.update(chunk);
      bytes += BigInt(chunk.length);
      done += BigInt(chunk.length);
      progress({ done, total });
      yield chunk;
    }
    const taken = { bytes, sha256: toHex(digests.sha256.take()), sha512: toHex(digests.sha512.take()) };
    known.set(path, expectedPart === undefined ? taken : { ...taken, expectedPart });
  }

  return {
    read,
    whole: async (path, most) => (inventory.has(path) ? wholeFile(read(path), most) : undefined),
    taken: (path) => known.get(path),
  };
};

/** All bytes, read to the end; `undefined` when they are more than `most`. */
export const wholeFile = async (chunks: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | undefined> => {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    // Copied, since a reader may use its buffer again.
    if (length <= most) kept.push(Uint8Array.from(chunk));
    else kept.length = 0;
  }
  return length <= most ? joined(kept, length) : undefined;
};

export const joined = (parts: readonly Uint8Array[], length: number): Uint8Array => {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const drain = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const _ of chunks);
};

/** Goes to the end of what was begun, whatever became of its reader. */
export const toTheEnd = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    while (!(await iterator.next()).done);
  }
};
