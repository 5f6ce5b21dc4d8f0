/** The two threads of `openDigester`: `read` reads and makes SHA-256 and SHA-1, `md5` makes the slowest of the three. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { digestFileInto, type PieceSink } from './digest-file.js';
import { type DigestRing, ringReader, ringWriter } from './digest-ring.js';

interface Assignment {
  readonly role: 'read' | 'md5';
  readonly ring: DigestRing;
}
export interface DigestRequest {
  /** Bytes where the name is no text. */
  readonly path: string | Uint8Array;
  readonly keep: number;
}

/** For ever; the thread ends by being terminated. */
const digestMd5 = (ring: DigestRing): never => {
  const { read, answer } = ringReader(ring);
  for (;;) {
    const md5 = createHash('md5');
    read((piece) => md5.update(piece));
    answer(md5.digest());
  }
};

const serveReads = (ring: DigestRing): void => {
  const writer = ringWriter(ring);
  let file: 'none' | 'open' = 'none';
  const sink = (): PieceSink => {
    const sha256 = createHash('sha256');
    const sha1 = createHash('sha1');
    let size = 0;
    file = 'open';
    return {
      next: writer.next,
      add: (piece) => {
        writer.fill(piece.length);
        sha256.update(piece);
        sha1.update(piece);
        size += piece.length;
      },
      end: () => {
        file = 'none';
        return { sha256: sha256.digest(), sha1: sha1.digest(), md5: writer.end(), size };
      },
    };
  };
  parentPort!.on('message', ({ path, keep }: DigestRequest) => {
    const outcome = digestFileInto(typeof path === 'string' ? path : Buffer.from(path), keep, sink);
    // Reading failed halfway: the other thread is still waiting for the end.
    if (file === 'open') writer.end();
    file = 'none';
    parentPort!.postMessage(outcome);
  });
};

const { role, ring }: Assignment = workerData;
if (role === 'md5') digestMd5(ring);
else serveReads(ring);
