/** A thread of `openPieceDigester`: makes some of the digests of pieces that the reader put into shared memory. */
import { createHash, type Hash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

export type PieceRole = 'md5' | 'sha';

export interface PieceThreadData {
  readonly role: PieceRole;
  readonly memory: SharedArrayBuffer;
  readonly pieceBytes: number;
}

export type PieceOrder =
  | { readonly kind: 'begin'; readonly extentBytes: number }
  | { readonly kind: 'piece'; readonly slot: number; readonly length: number }
  | { readonly kind: 'end' };

export type PieceAnswer =
  | { readonly kind: 'free'; readonly slot: number }
  | { readonly kind: 'md5'; readonly md5: string }
  | { readonly kind: 'sha'; readonly sha256: string; readonly sha1: string; readonly extents: readonly string[] };

interface Digesting {
  readonly add: (piece: Buffer) => void;
  readonly end: () => PieceAnswer;
}

const md5Digesting = (): Digesting => {
  const md5 = createHash('md5');
  return { add: (piece) => void md5.update(piece), end: () => ({ kind: 'md5', md5: md5.digest('hex') }) };
};

/** Of a file no longer than an extent the file's own digest is that of its extent. */
const shaDigesting = (extentBytes: number): Digesting => {
  const [whole, sha1] = [createHash('sha256'), createHash('sha1')];
  const extents: string[] = [];
  let size = 0;
  let extent: Hash = whole;
  const endExtent = (): void => void extents.push((extent === whole ? whole.copy() : extent).digest('hex'));
  const addToExtents = (piece: Buffer): void => {
    for (let from = 0; from < piece.length; ) {
      const room = extentBytes - (size % extentBytes);
      if (room === extentBytes && size > 0) {
        endExtent();
        extent = createHash('sha256');
      }
      const part = piece.subarray(from, from + room);
      if (extent !== whole) extent.update(part);
      // The first extent's digest is the whole's, so the whole must not run ahead of it.
      whole.update(part);
      size += part.length;
      from += part.length;
    }
  };
  return {
    add: (piece) => {
      sha1.update(piece);
      addToExtents(piece);
    },
    end: () => {
      endExtent();
      return { kind: 'sha', sha256: whole.digest('hex'), sha1: sha1.digest('hex'), extents };
    },
  };
};

const { role, memory, pieceBytes }: PieceThreadData = workerData;
let digesting: Digesting | undefined;
parentPort!.on('message', (order: PieceOrder) => {
  switch (order.kind) {
    case 'begin':
      digesting = role === 'md5' ? md5Digesting() : shaDigesting(order.extentBytes);
      break;
    case 'piece':
      digesting!.add(Buffer.from(memory, order.slot * pieceBytes, order.length));
      parentPort!.postMessage({ kind: 'free', slot: order.slot } satisfies PieceAnswer);
      break;
    case 'end':
      parentPort!.postMessage(digesting!.end());
  }
});
