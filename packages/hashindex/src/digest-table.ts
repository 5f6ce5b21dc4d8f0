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

/** Digests in one slab: 2^25 of 32 bytes are 1 GiB, well below the longest typed array. */
const slabBits = 25;
/** Digests to a bucket, on average: one to two cache lines. */
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
    for (let at = 0; at < view.length; at += words) starts[bucketOf(view, at, buckets) + 1]!++;
  }
  for (let bucket = 1; bucket <= buckets; bucket++) starts[bucket]! += starts[bucket - 1]!;

  const slabs = Array.from({ length: Math.ceil(size / 2 ** slabBits) }, (_, slab) => {
    return new Uint32Array(words * Math.min(2 ** slabBits, size - slab * 2 ** slabBits));
  });
  const places = new Uint32Array(size);
  const next = starts.slice(0, buckets);
  let place = 0;
  for (const block of source()) {
    const view = wordsOf(block);
    for (let at = 0; at < view.length; at += words, place++) {
      const bucket = bucketOf(view, at, buckets);
      const row = next[bucket]!++;
      const slab = slabs[row >>> slabBits]!;
      const base = words * (row & (2 ** slabBits - 1));
      for (let word = 0; word < words; word++) slab[base + word] = view[at + word]!;
      places[row] = place;
    }
  }
  return {
    width,
    size,
    memoryBytes: size * (width + 4) + starts.byteLength,
    find: (digest) => findIn({ slabs, places, starts, words }, digest),
  };
};

interface Tables {
  readonly slabs: readonly Uint32Array[];
  readonly places: Uint32Array;
  readonly starts: Uint32Array;
  readonly words: number;
}

const findIn = ({ slabs, places, starts, words }: Tables, digest: Uint8Array): readonly number[] => {
  if (digest.length !== 4 * words) throw new HashIndexError('bad-shape', `${digest.length} bytes are not ${4 * words}`);
  const wanted = wordsOf(digest);
  const bucket = bucketOf(wanted, 0, starts.length - 1);
  const found: number[] = [];
  const end = starts[bucket + 1]!;
  for (let row = starts[bucket]!; row < end; row++) {
    const slab = slabs[row >>> slabBits]!;
    const base = words * (row & (2 ** slabBits - 1));
    let word = 0;
    while (word < words && slab[base + word] === wanted[word]) word++;
    if (word === words) found.push(places[row]!);
  }
  return found;
};

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
const bucketOf = (digests: Uint32Array, at: number, buckets: number): number => {
  let mixed = Math.imul(digests[at]! ^ (digests[at]! >>> 15), 0x2c1b3c6d) ^ digests[at + 1]!;
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39);
  return ((mixed ^ (mixed >>> 16)) & (buckets - 1)) >>> 0;
};
