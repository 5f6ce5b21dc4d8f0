import { chunkCount } from './layout.js';

/** How far a chunk is probed at one threshold. */
export interface ChunkReach {
  /** Largest distance of the chunk itself; −1: not probed. */
  readonly radius: number;
  /** Largest distance of the chunk and its follower together. */
  readonly reach: number;
}

/**
 * Radii that lose nothing: Σ(radius + 1) = threshold + 1 over all chunks.
 *
 * Let d be the distances of two hashes chunk by chunk, Σd ≤ threshold. The numbers d − (radius + 1) then sum to −1 or
 * less around the ring of chunks, so by the cycle lemma (Raney 1960; Qin and Xiao, "Pigeonring", VLDB 2018) there is a
 * chunk from which every partial sum is negative: d₁ ≤ radius₁, and d₁ + d₂ ≤ radius₁ + radius₂ + 1. The first says
 * where to look; the second lets the chunk that follows refuse nearly all that is found there.
 */
export const reachesFor = (threshold: number): readonly ChunkReach[] => {
  const share = Math.floor((threshold + 1) / chunkCount);
  const larger = (threshold + 1) % chunkCount;
  const radius = (chunk: number): number => share - 1 + (chunk % chunkCount < larger ? 1 : 0);
  return Array.from({ length: chunkCount }, (_, chunk) => ({
    radius: radius(chunk),
    reach: radius(chunk) + radius(chunk + 1) + 1,
  }));
};
