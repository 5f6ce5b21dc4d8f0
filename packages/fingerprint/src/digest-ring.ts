/**
 * Pieces of files on their way from the thread that reads to the thread that shares the digesting, in memory that both
 * see. A piece is free (0), marks the end of a file (1), or holds its length plus 2. The answer (16 bytes, an MD5)
 * travels back the same way once the end was reached.
 */
export interface DigestRing {
  /** A word for each piece, and one for the answer. */
  readonly states: SharedArrayBuffer;
  readonly pieces: SharedArrayBuffer;
  readonly answer: SharedArrayBuffer;
}

const pieceCount = 4;
const pieceBytes = 2 << 20;
const free = 0;
const end = 1;
const filled = 2;
const answered = 1;

export const newDigestRing = (): DigestRing => ({
  states: new SharedArrayBuffer(4 * (pieceCount + 1)),
  pieces: new SharedArrayBuffer(pieceCount * pieceBytes),
  answer: new SharedArrayBuffer(16),
});

/** Waits until a word is no longer `value`, and says what it became. */
const afterwards = (states: Int32Array, at: number, value: number): number => {
  for (;;) {
    Atomics.wait(states, at, value);
    const now = Atomics.load(states, at);
    if (now !== value) return now;
  }
};
const set = (states: Int32Array, at: number, value: number): void => {
  Atomics.store(states, at, value);
  Atomics.notify(states, at);
};

const pieceOf = ({ pieces }: DigestRing, at: number): Buffer => Buffer.from(pieces, at * pieceBytes, pieceBytes);

export interface RingWriter {
  /** The next piece, once it is free. */
  readonly next: () => Buffer;
  /** Hands over the first `length` bytes of the piece that `next` gave. */
  readonly fill: (length: number) => void;
  /** Ends the file and waits for the answer. */
  readonly end: () => Uint8Array;
}

export const ringWriter = (ring: DigestRing): RingWriter => {
  const states = new Int32Array(ring.states);
  let at = 0;
  const next = (): Buffer => {
    for (let state = Atomics.load(states, at); state !== free; ) state = afterwards(states, at, state);
    return pieceOf(ring, at);
  };
  const hand = (state: number): void => {
    set(states, at, state);
    at = (at + 1) % pieceCount;
  };
  return {
    next,
    fill: (length) => hand(filled + length),
    end: () => {
      next();
      hand(end);
      afterwards(states, pieceCount, free);
      const answer = Uint8Array.from(new Uint8Array(ring.answer));
      set(states, pieceCount, free);
      return answer;
    },
  };
};

export interface RingReader {
  /** Takes the pieces of the next file, up to its end. */
  readonly read: (take: (piece: Buffer) => void) => void;
  readonly answer: (bytes: Uint8Array) => void;
}

export const ringReader = (ring: DigestRing): RingReader => {
  const states = new Int32Array(ring.states);
  let at = 0;
  return {
    read: (take) => {
      for (let state = free; state !== end; at = (at + 1) % pieceCount) {
        state = afterwards(states, at, free);
        if (state !== end) take(pieceOf(ring, at).subarray(0, state - filled));
        set(states, at, free);
      }
    },
    answer: (bytes) => {
      new Uint8Array(ring.answer).set(bytes);
      set(states, pieceCount, answered);
    },
  };
};
