import { Chunk } from './job';

/** Bits of a sketch. */
export const SKETCH: u32 = 16;

/** A chunk's bits as a number. Reads up to 8 bytes beyond the hash, whose bits are cut away. */
// @ts-ignore: decorator
@inline
export function keyOf(hash: usize, offset: u32, width: u32): u32 {
  return <u32>(load<u64>(hash + (offset >> 3)) >> (offset & 7)) & ((1 << width) - 1);
}

/** The 16 bits that follow a chunk; those after the last chunk are the first ones. */
// @ts-ignore: decorator
@inline
export function sketchOf(hash: usize, chunk: Chunk): u32 {
  return keyOf(hash, (chunk.offset + chunk.width) & 255, SKETCH);
}
