// The fixed permutation of a hash's 256 bits.
//
// Neighbouring bits of a picture's hash are correlated (neighbouring frequencies), and correlated bits in one chunk make
// hot buckets. Read as 16 rows of 16 bits, row r is turned by 5r places and the square is transposed: a 16-bit chunk
// then holds one bit of each row and one of each column. Distances do not change, so only permuted hashes are kept.

const HASH: usize = 32;

/** Permutes `count` hashes of 32 bytes from `source` to `target`, which may be the same place. */
export function permute(source: usize, target: usize, count: u32): void {
  for (let n: u32 = 0; n < count; n++) {
    const a = turned(source, 0);
    const b = turned(source, 4);
    const c = turned(source, 8);
    const d = turned(source, 12);
    transposeTo(target, a, b, c, d);
    source += HASH;
    target += HASH;
  }
}

/** The inverse of `permute`. */
export function unpermute(source: usize, target: usize, count: u32): void {
  for (let n: u32 = 0; n < count; n++) {
    transposeTo(target, load<u64>(source), load<u64>(source, 8), load<u64>(source, 16), load<u64>(source, 24));
    for (let row: u32 = 0; row < 16; row++) {
      const at = target + 2 * row;
      store<u16>(at, <u16>turnRight(load<u16>(at), (5 * row) & 15));
    }
    source += HASH;
    target += HASH;
  }
}

// @ts-ignore: decorator
@inline
function turnRight(row: u32, by: u32): u32 {
  return ((row >>> by) | (row << (16 - by))) & 0xffff;
}

/** Rows `first` to `first + 3` of the hash, each turned left by five places a row, as one word. */
// @ts-ignore: decorator
@inline
function turned(hash: usize, first: u32): u64 {
  let word: u64 = 0;
  for (let i: u32 = 0; i < 4; i++) {
    const row = first + i;
    const turnedRow = turnRight(load<u16>(hash + 2 * row), (16 - ((5 * row) & 15)) & 15);
    word |= <u64>turnedRow << (16 * i);
  }
  return word;
}

/** Transposes the 16×16 bit square held in four words by exchanging blocks of 8, 4, 2 and 1 (Hacker's Delight §7-3). */
// @ts-ignore: decorator
@inline
function transposeTo(target: usize, a: u64, b: u64, c: u64, d: u64): void {
  let t: u64 = ((a >> 8) ^ c) & 0x00ff00ff00ff00ff;
  c ^= t;
  a ^= t << 8;
  t = ((b >> 8) ^ d) & 0x00ff00ff00ff00ff;
  d ^= t;
  b ^= t << 8;
  t = ((a >> 4) ^ b) & 0x0f0f0f0f0f0f0f0f;
  b ^= t;
  a ^= t << 4;
  t = ((c >> 4) ^ d) & 0x0f0f0f0f0f0f0f0f;
  d ^= t;
  c ^= t << 4;
  store<u64>(target, withinWord(a));
  store<u64>(target, withinWord(b), 8);
  store<u64>(target, withinWord(c), 16);
  store<u64>(target, withinWord(d), 24);
}

// @ts-ignore: decorator
@inline
function withinWord(word: u64): u64 {
  let t: u64 = (word ^ (word >> 30)) & 0x00000000cccccccc;
  word ^= t ^ (t << 30);
  t = (word ^ (word >> 15)) & 0x0000aaaa0000aaaa;
  return word ^ t ^ (t << 15);
}
