import { Worker } from 'node:worker_threads';
import type { DigestOptions, DigestOutcome } from './digest-file.js';
import { newDigestRing } from './digest-ring.js';
import type { DigestRequest } from './digest-thread.js';
import { FingerprintError } from './fingerprint-error.js';

export interface Digester {
  /** As `digestFileSync`, on other threads: the caller's is free meanwhile. One file at a time, in order. */
  readonly digest: (path: string | Uint8Array, options?: DigestOptions) => Promise<DigestOutcome>;
  /** Ends the threads; files not yet digested are rejected with `closed`. */
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly resolve: (outcome: DigestOutcome) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Digests for long files: one thread reads and makes SHA-256 and SHA-1, another makes MD5 of the same pieces, so that a
 * file is read once and takes as long as its MD5. Two threads and 8 MiB until `close`.
 */
export const openDigester = (): Digester => {
  const ring = newDigestRing();
  const file = new URL('./digest-thread.js', import.meta.url);
  const threads = (['md5', 'read'] as const).map((role) => new Worker(file, { workerData: { role, ring } }));
  const reader = threads[1]!;
  let waiting: readonly Waiting[] = [];
  const failAll = (error: Error): void => {
    for (const { reject } of waiting) reject(error);
    waiting = [];
  };
  reader.on('message', (outcome: DigestOutcome) => {
    const [first, ...rest] = waiting;
    waiting = rest;
    first?.resolve(outcome);
  });
  for (const thread of threads) thread.on('error', failAll);

  return {
    digest: (path, { keep = 1 << 20 } = {}) =>
      new Promise((resolve, reject) => {
        waiting = [...waiting, { resolve, reject }];
        reader.postMessage({ path, keep } satisfies DigestRequest);
      }),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
      failAll(new FingerprintError('closed', 'The digester was closed.'));
    },
  };
};
