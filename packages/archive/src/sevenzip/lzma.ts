import { damaged } from '../archive-error.js';

/**
 * A decoder of raw LZMA streams, for what a 7z archive says about itself and for checks of passwords, where the output
 * is short. After the LZMA specification of the LZMA SDK (public domain text, `lzma-specification.txt`); whole archives
 * are unpacked by a library in a process of its own.
 */
export class LzmaDecoder {
  readonly #lc: number;
  readonly #lpMask: number;
  readonly #pbMask: number;
  readonly #probabilities: Uint16Array;
  readonly #literals: Uint16Array;
  #state = 0;
  readonly #reps = [0, 0, 0, 0];
  #input: Uint8Array = new Uint8Array();
  #at = 0;
  #range = 0;
  #code = 0;

  /** @param property the first byte of LZMA's properties: (pb · 5 + lp) · 9 + lc */
  constructor(property: number) {
    if (property >= 9 * 5 * 5) throw damaged('LZMA properties out of range');
    this.#lc = property % 9;
    const rest = Math.floor(property / 9);
    this.#lpMask = (1 << (rest % 5)) - 1;
    this.#pbMask = (1 << Math.floor(rest / 5)) - 1;
    this.#probabilities = new Uint16Array(tableSize).fill(half);
    this.#literals = new Uint16Array(0x300 << (this.#lc + (rest % 5))).fill(half);
  }

  /** Puts the decoder at the start of a range-coded piece: five bytes, the first of them 0. */
  begin(input: Uint8Array): void {
    if (input[0] !== 0 || input.length < 5) throw damaged('not an LZMA stream');
    this.#input = input;
    this.#at = 1;
    this.#range = 0xffffffff;
    this.#code = 0;
    for (let byte = 0; byte < 4; byte++) this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  /**
   * Fills `out` from `from` to `to`; what was decoded before lies before `from`.
   * @throws ArchiveError `damaged` when the input ends or refers to what was never written
   */
  decode(out: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; ) {
      const posState = at & this.#pbMask;
      if (this.#bit(table.isMatch + (this.#state << 4) + posState) === 0) {
        this.#literal(out, at++);
        continue;
      }
      const length = this.#match(out, at, posState);
      const distance = this.#reps[0]! + 1;
      if (distance > at) throw damaged('LZMA refers to before its start');
      const end = Math.min(to, at + length);
      while (at < end) {
        out[at] = out[at - distance]!;
        at++;
      }
    }
  }

  #literal(out: Uint8Array, at: number): void {
    const previous = at > 0 ? out[at - 1]! : 0;
    const base = 0x300 * (((at & this.#lpMask) << this.#lc) + (previous >> (8 - this.#lc)));
    let symbol = 1;
    if (this.#state >= 7) {
      let matched = out[at - this.#reps[0]! - 1] ?? 0;
      while (symbol < 0x100) {
        const matchBit = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.#bitOf(this.#literals, base + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bitOf(this.#literals, base + symbol);
    out[at] = symbol & 0xff;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  /** Sets the distance in `reps[0]` and returns the length. */
  #match(out: Uint8Array, at: number, posState: number): number {
    const state = this.#state;
    const reps = this.#reps;
    if (this.#bit(table.isRep + state) === 0) {
      reps.copyWithin(1, 0, 3);
      this.#state = state < 7 ? 7 : 10;
      const length = this.#length(table.length, posState);
      reps[0] = this.#distance(length);
      if (reps[0] === 0xffffffff) throw damaged('LZMA ends before its size');
      return length;
    }
    if (at === 0 || out.length === 0) throw damaged('LZMA repeats before its start');
    if (this.#bit(table.isRep0 + state) === 0) {
      if (this.#bit(table.isRep0Long + (state << 4) + posState) === 0) {
        this.#state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      const which = this.#bit(table.isRep1 + state) === 0 ? 1 : this.#bit(table.isRep2 + state) === 0 ? 2 : 3;
      const distance = reps[which]!;
      reps.copyWithin(1, 0, which);
      reps[0] = distance;
    }
    this.#state = state < 7 ? 8 : 11;
    return this.#length(table.repLength, posState);
  }

  #length(base: number, posState: number): number {
    if (this.#bit(base) === 0) return 2 + this.#tree(base + 2 + (posState << 3), 3);
    if (this.#bit(base + 1) === 0) return 10 + this.#tree(base + 2 + 128 + (posState << 3), 3);
    return 18 + this.#tree(base + 2 + 256, 8);
  }

  #distance(length: number): number {
    const slot = this.#tree(table.slot + (Math.min(length - 2, 3) << 6), 6);
    if (slot < 4) return slot;
    const direct = (slot >> 1) - 1;
    const high = ((2 | (slot & 1)) << direct) >>> 0;
    if (slot < 14) return high + this.#reverseTree(table.special + high - slot, direct);
    let middle = 0;
    for (let left = direct - 4; left > 0; left--) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit) this.#code = (this.#code - this.#range) >>> 0;
      middle = (middle << 1) | bit;
      this.#normalise();
    }
    return (high + middle * 16 + this.#reverseTree(table.align, 4)) >>> 0;
  }

  #tree(base: number, bits: number): number {
    let symbol = 1;
    for (let left = bits; left > 0; left--) symbol = (symbol << 1) | this.#bit(base + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let place = 0; place < bits; place++) {
      const bit = this.#bit(base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << place;
    }
    return value;
  }

  #bit(index: number): number {
    return this.#bitOf(this.#probabilities, index);
  }

  #bitOf(probabilities: Uint16Array, index: number): number {
    const probability = probabilities[index]!;
    const bound = (this.#range >>> 11) * probability;
    const bit = this.#code >>> 0 < bound ? 0 : 1;
    if (bit === 0) {
      this.#range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
    } else {
      this.#range = (this.#range - bound) >>> 0;
      this.#code = (this.#code - bound) >>> 0;
      probabilities[index] = probability - (probability >> 5);
    }
    this.#normalise();
    return bit;
  }

  #normalise(): void {
    if (this.#range >= 0x1000000) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  #next(): number {
    const byte = this.#input[this.#at++];
    if (byte === undefined) throw damaged('an LZMA stream is cut off');
    return byte;
  }
}

const half = 1024;
const lengthTable = 2 + 128 + 128 + 256;
const sizes = {
  isMatch: 12 << 4,
  isRep: 12,
  isRep0: 12,
  isRep1: 12,
  isRep2: 12,
  isRep0Long: 12 << 4,
  slot: 4 << 6,
  special: 128,
  align: 16,
  length: lengthTable,
  repLength: lengthTable,
};

const laidOut = (): { readonly table: Readonly<Record<keyof typeof sizes, number>>; readonly tableSize: number } => {
  let tableSize = 0;
  const table: Record<string, number> = {};
  for (const [name, size] of Object.entries(sizes)) {
    table[name] = tableSize;
    tableSize += size;
  }
  return { table: table as Record<keyof typeof sizes, number>, tableSize };
};
const { table, tableSize } = laidOut();
