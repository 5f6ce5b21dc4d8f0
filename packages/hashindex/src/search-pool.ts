import { checkedThreshold, type HammingIndex, type SearchOptions } from './hamming-index.js';
import { HashIndexError } from './hash-index-error.js';
import { byDistance, collectHits, type HammingHit } from './hits.js';
import { hashBytes } from './layout.js';
import { allLists, hashCount } from './rows.js';
import { startSearchThread } from './search-thread.js';

/** Threads that search one index without copying it: its memory is shared. */
export interface SearchPool {
  /** As `HammingIndex.searchMany`, the needles divided among the threads. */
  readonly searchMany: (
    needles: Uint8Array,
    threshold: number,
    options?: SearchOptions,
  ) => Promise<readonly (readonly HammingHit[])[]>;
  /**
   * From now on searches go to another index. Searches already asked for finish on the one they began with; none sees
   * parts of both.
   */
  readonly swap: (index: HammingIndex) => void;
  readonly close: () => Promise<void>;
}

/** Fewer needles than this are not worth another thread. */
const smallestShare = 64;

/** @throws HashIndexError when there is not to be at least one thread. */
export const openSearchPool = (first: HammingIndex, threadCount: number): SearchPool => {
  if (!Number.isInteger(threadCount) || threadCount < 1) {
    throw new HashIndexError('bad-shape', `${threadCount} is not a number of threads`);
  }
  let index = first;
  const threads = Array.from({ length: threadCount }, startSearchThread);
  return {
    searchMany: async (needles, bits, { lists = allLists } = {}) => {
      const threshold = checkedThreshold(bits);
      const count = hashCount(needles);
      const segments = index.segments();
      const share = Math.max(smallestShare, Math.ceil(count / threadCount));
      const hits: HammingHit[][] = Array.from({ length: count }, () => []);
      const replies = threads.slice(0, Math.ceil(count / share)).map(async (thread, at) => {
        // A copy of this part alone: posting a view would send all that lies behind it.
        const part = new Uint8Array(needles.subarray(at * share * hashBytes, (at + 1) * share * hashBytes));
        const reply = await thread.search(segments, { needles: part, threshold, lists });
        collectHits(reply.hits, at * share, hits);
      });
      await Promise.all(replies);
      for (const found of hits) if (found.length > 1) found.sort(byDistance);
      return hits;
    },
    swap: (next) => {
      index = next;
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
};
