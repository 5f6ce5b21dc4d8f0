/** A hash within the threshold of the needle. */
export interface HammingHit {
  /** The number the hash was added under: its place among all hashes ever added, unless the caller gave its own. */
  readonly entry: number;
  /** Bits in which hash and needle differ, 0 to 256. */
  readonly distance: number;
  /** Bits of the wanted lists the hash is on. */
  readonly lists: number;
}

const wordsPerHit = 4;

/** Adds a segment's hits, quadruples of u32, to the needles they belong to. */
export const collectHits = (found: Uint32Array, firstNeedle: number, hits: HammingHit[][]): void => {
  for (let at = 0; at < found.length; at += wordsPerHit) {
    hits[firstNeedle + found[at]!]!.push({
      entry: found[at + 1]!,
      distance: found[at + 2]!,
      lists: found[at + 3]!,
    });
  }
};

/** Nearest first, then by entry, then by lists: the same whatever the layout of the index. */
export const byDistance = (a: HammingHit, b: HammingHit): number =>
  a.distance - b.distance || a.entry - b.entry || a.lists - b.lists;
