import { HashIndexError } from './hash-index-error.js';

/** Bytes of an MD5, SHA-1 and SHA-256 digest. */
export type DigestWidth = 16 | 20 | 32;

/** Exact look-up of digests. */
export interface DigestTable {
  readonly width: DigestWidth;
  readonly size: number;
  /** The places, ascending, at which exactly this digest was given; empty when it was not. */
  readonly find: (digest: Uint8Array) => readonly number[];
  readonly memoryBytes: number;
}

/** Digests packed without gaps; asked for twice, so that a source larger than memory can be read from where it lies. */
export type DigestSource = () => Iterable<Uint8Array>;

/** Rows in one slab: 2^25 of 36 bytes are 1.1 GiB, well below the longest typed array. */
const slabBits = 25;
const slabRows = 2 ** slabBits;
/** Digests to a bucket, on average at most. */
const bucketFill = 4;

/**
 * A table of digests packed without gaps, each found under its place. The digests are copied.
 * @throws HashIndexError for bytes that are no whole digests.
 */
export const buildDigestTable = (digests: Uint8Array, width: DigestWidth): DigestTable =>
  buildDigestTableFrom(() => [digests], width);

/**
 * The same from a source that is read twice, once to count and once to place: beside the table itself (`width` + 4
 * bytes a digest and one byte a digest for the directory) only one block of the source is in memory.
 */
export const buildDigestTableFrom = (source: DigestSource, width: DigestWidth): DigestTable => {
  const size = countDigests(source, width);
  const words = width / 4;
  const buckets = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, size) / bucketFill)));
  const starts = new Uint32Array(buckets + 1);
  for (const block of source()) {
    const view = wordsOf(block);
    for (let at = 0; at < view.length; at += words) starts[bucketOf(view[at]!, view[at + 1]!, buckets) + 1]!++;
  }
  for (let bucket = 1; bucket <= buckets; bucket++) starts[bucket]! += starts[bucket - 1]!;

  const rowWords = words + 1;
  const slabs = Array.from({ length: Math.ceil(size / slabRows) }, (_, slab) => {
    return new Uint32Array(rowWords * Math.min(slabRows, size - slab * slabRows));
  });
  const next = starts.slice(0, buckets);
  let place = 0;
  for (const block of source()) {
    const view = wordsOf(block);
    for (let at = 0; at < view.length; at += words, place++) {
      const row = next[bucketOf(view[at]!, view[at + 1]!, buckets)]!++;
      const slab = slabs[row >>> slabBits]!;
      const base = rowWords * (row & (slabRows - 1));
      for (let word = 0; word < words; word++) slab[base + word] = view[at + word]!;
      slab[base + words] = place;
    }
  }
  return {
    width,
    size,
    memoryBytes: size * 4 * rowWords + starts.byteLength,
    find: (digest) => findIn({ slabs, starts, words }, digest),
  };
};

interface Tables {
  /** Rows in the order of their buckets: a digest, then its place, so that both lie in one cache line. */
  readonly slabs: readonly Uint32Array[];
  /** First row of each bucket. */
  readonly starts: Uint32Array;
  readonly words: number;
}

const findIn = ({ slabs, starts, words }: Tables, digest: Uint8Array): readonly number[] => {
  if (digest.length !== 4 * words) throw new HashIndexError('bad-shape', `${digest.length} bytes are not ${4 * words}`);
  // Byte by byte: asking a small array for its buffer costs more than the whole look-up.
  const first = wordAt(digest, 0);
  const bucket = bucketOf(first, wordAt(digest, 4), starts.length - 1);
  const found: number[] = [];
  const end = starts[bucket + 1]!;
  for (let row = starts[bucket]!; row < end; row++) {
    const slab = slabs[row >>> slabBits]!;
    const base = (words + 1) * (row & (slabRows - 1));
    if (slab[base] !== first) continue;
    let word = 1;
    while (word < words && slab[base + word] === wordAt(digest, 4 * word)) word++;
    if (word === words) found.push(slab[base + words]!);
  }
  return found;
};

/** Four bytes as a little-endian number, as a `Uint32Array` has them on every machine Node runs on. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;

const countDigests = (source: DigestSource, width: DigestWidth): number => {
  let size = 0;
  for (const block of source()) {
    if (block.length % width !== 0)
      throw new HashIndexError('bad-shape', `${block.length} bytes are not whole digests`);
    size += block.length / width;
  }
  if (size >= 2 ** 32) throw new HashIndexError('too-many', `${size} digests; fewer than 2^32 fit`);
  return size;
};

const wordsOf = (bytes: Uint8Array): Uint32Array =>
  bytes.byteOffset % 4 === 0
    ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    : new Uint32Array(new Uint8Array(bytes).buffer);

/** Digests are even by nature, test data is not: the first two words are mixed before they choose a bucket. */
const bucketOf = (first: number, second: number, buckets: number): number => {
  let mixed = Math.imul(first ^ (first >>> 15), 0x2c1b3c6d) ^ second;
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39);
  return ((mixed ^ (mixed >>> 16)) & (buckets - 1)) >>> 0;
};
