import { Worker } from 'node:worker_threads';
import type { PieceAnswer, PieceOrder, PieceRole, PieceThreadData } from './piece-thread.js';

/** Hexadecimal digests of one file, and SHA-256 of each of its extents. */
export interface FileDigests {
  readonly size: number;
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
  readonly extents: readonly string[];
}

/** Fills the room from its start; short only at the end, 0 there. */
export type ReadPiece = (room: Buffer) => Promise<number>;

export interface PieceDigester {
  /**
   * Reads to the end, once. One file at a time, the next waits.
   * @param mayGoOn asked before each piece of 1 MiB
   */
  readonly digest: (
    read: ReadPiece,
    extentBytes: number,
    mayGoOn: () => Promise<'goes-on' | 'stops'>,
  ) => Promise<FileDigests | 'stopped'>;
  readonly close: () => Promise<void>;
}

const pieceBytes = 1 << 20;
const slots = 64;

/**
 * For files of any length: the caller's thread reads, one thread makes MD5, the slowest of the three, another SHA-256
 * and SHA-1, all of the same memory. The threads do not keep the process alive.
 */
export const openPieceDigester = (): PieceDigester => {
  const memory = new SharedArrayBuffer(slots * pieceBytes);
  const threads = (['md5', 'sha'] as const).map((role) => startThread(role, memory));
  let turn: Promise<unknown> = Promise.resolve();
  return {
    digest: (read, extentBytes, mayGoOn) => {
      const mine = turn.then(() => digestOne(threads, memory, read, extentBytes, mayGoOn));
      turn = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
};

const startThread = (role: PieceRole, memory: SharedArrayBuffer): Worker => {
  const data: PieceThreadData = { role, memory, pieceBytes };
  const thread = new Worker(new URL('./piece-thread.js', import.meta.url), { workerData: data });
  thread.unref();
  return thread;
};

const digestOne = async (
  threads: readonly Worker[],
  memory: SharedArrayBuffer,
  read: ReadPiece,
  extentBytes: number,
  mayGoOn: () => Promise<'goes-on' | 'stops'>,
): Promise<FileDigests | 'stopped'> => {
  const answers = listen(threads);
  const tell = (order: PieceOrder): void => {
    for (const thread of threads) thread.postMessage(order);
  };
  for (const thread of threads) thread.ref();
  try {
    tell({ kind: 'begin', extentBytes });
    let size = 0;
    for (let slot = 0; ; slot = (slot + 1) % slots) {
      await answers.free(slot);
      if ((await mayGoOn()) === 'stops') return 'stopped';
      const length = await read(Buffer.from(memory, slot * pieceBytes, pieceBytes));
      if (length === 0) break;
      size += length;
      answers.used(slot);
      tell({ kind: 'piece', slot, length });
      if (length < pieceBytes) break;
    }
    tell({ kind: 'end' });
    return { size, ...(await answers.digests()) };
  } finally {
    // Pieces that are still being read must not be written over by the next file.
    for (let slot = 0; slot < slots; slot++) await answers.free(slot);
    answers.end();
    for (const thread of threads) thread.unref();
  }
};

type Digested = Omit<FileDigests, 'size'>;

/** What the threads answer for one file. */
const listen = (threads: readonly Worker[]) => {
  const busy = Array.from({ length: slots }, () => 0);
  let found: Partial<Digested> = {};
  let wake = (): void => undefined;
  let fault: Error | undefined;
  const take = (answer: PieceAnswer): void => {
    if (answer.kind === 'free') busy[answer.slot] = (busy[answer.slot] ?? 0) - 1;
    else {
      const { kind: _, ...digests } = answer;
      found = { ...found, ...digests };
    }
    wake();
  };
  const fail = (error: Error): void => {
    fault = error;
    wake();
  };
  for (const thread of threads) thread.on('message', take).on('error', fail);
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      if (fault !== undefined) throw fault;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    used: (slot: number) => {
      busy[slot] = threads.length;
    },
    free: (slot: number) => until(() => fault !== undefined || busy[slot] === 0),
    digests: async (): Promise<Digested> => {
      await until(() => found.md5 !== undefined && found.sha256 !== undefined);
      return found as Digested;
    },
    end: () => {
      for (const thread of threads) thread.off('message', take).off('error', fail);
    },
  };
};
