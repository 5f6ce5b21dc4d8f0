import { damaged } from '../archive-error.js';

/** Reads little-endian fields one after another. Every method throws ArchiveError `damaged` beyond the end. */
export class Cursor {
  readonly bytes: Uint8Array;
  position: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.position = position;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.position;
  }

  take(length: number): Uint8Array {
    const from = this.#advance(length);
    return this.bytes.subarray(from, from + length);
  }

  skip(length: number): void {
    this.#advance(length);
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A 64-bit count of bytes; refused beyond 2^53 - 1, which no seizure reaches. */
  u64(): number {
    return countOf(this.#view.getBigUint64(this.#advance(8), true));
  }

  #advance(length: number): number {
    if (!(length >= 0) || length > this.left) throw damaged('a structure is cut off');
    const from = this.position;
    this.position += length;
    return from;
  }
}

export const countOf = (value: bigint): number => {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('a size beyond 2^53');
  return Number(value);
};
