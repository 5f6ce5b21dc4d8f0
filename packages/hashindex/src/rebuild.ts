import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { HashIndexError } from './hash-index-error.js';
import type { Segment } from './segment.js';
import type { SegmentList } from './segment-list.js';

/** The live rows of segments in as few as can hold them, built by another thread while these are searched on. */
export const rebuildElsewhere = async (segments: SegmentList): Promise<SegmentList> => {
  const worker = new Worker(new URL('./rebuild-worker.js', import.meta.url), { workerData: segments });
  try {
    const [built] = (await once(worker, 'message')) as [readonly Segment[]];
    return built;
  } catch (cause) {
    throw new HashIndexError('worker-died', 'the thread that builds segments failed', { cause });
  }
};
