import { Worker } from 'node:worker_threads';
import { HashIndexError } from './hash-index-error.js';
import type { SearchReply, SearchRequest } from './search-message.js';
import type { SegmentList } from './segment-list.js';

/** One search thread; requests are answered in the order they were made. */
export interface SearchThread {
  readonly search: (
    segments: SegmentList,
    query: Pick<SearchRequest, 'needles' | 'threshold' | 'lists'>,
  ) => Promise<SearchReply>;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly resolve: (reply: SearchReply) => void;
  readonly reject: (error: HashIndexError) => void;
}

export const startSearchThread = (): SearchThread => {
  const worker = new Worker(new URL('./search-worker.js', import.meta.url));
  const waiting: Waiting[] = [];
  let known = new Set<string>();
  let ended: HashIndexError | undefined;
  const end = (error: HashIndexError): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (reply: SearchReply) => waiting.shift()?.resolve(reply));
  worker.on('error', (cause) => end(new HashIndexError('worker-died', 'a search thread failed', { cause })));
  worker.on('exit', () => end(new HashIndexError('closed', 'the search thread has ended')));
  // A pool that is not closed must not keep the process alive.
  worker.unref();

  return {
    search: (segments, query) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        waiting.push({ resolve, reject });
        worker.ref();
        const fresh = segments.filter(({ id }) => !known.has(id));
        known = new Set(segments.map(({ id }) => id));
        worker.postMessage({ segments: [...known], fresh, ...query } satisfies SearchRequest);
      }).finally(() => {
        if (waiting.length === 0) worker.unref();
      }) as Promise<SearchReply>,
    close: async () => {
      end(new HashIndexError('closed', 'the search pool is closed'));
      await worker.terminate();
    },
  };
};
