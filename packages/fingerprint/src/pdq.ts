import { FingerprintError } from './fingerprint-error.js';
import { kernel } from './kernel.js';
import { checkPixels, type Pixels } from './pixels.js';

export interface Pdq {
  /** 32 bytes that print as the reference's hexadecimal, highest word first. */
  readonly hash: Uint8Array;
  /** 0 (featureless) to 100; Meta advises to match from 50 up. */
  readonly quality: number;
}

/**
 * The PDQ of a picture as it is, without shrinking it first.
 *
 * Equal, bit by bit, to what Meta's C++ reference (ThreatExchange, pdq/cpp, built for x86-64 without fused
 * multiply-add) computes from the same pixels: the kernel performs the same float32 operations in the same order.
 * Proven by `vectors.test.ts`. Pictures with a side under 5 pixels give a zero hash of quality 0, as in the reference.
 *
 * @throws FingerprintError for pixels that do not fill the picture or a picture beyond the kernel's memory.
 */
export const pdq = (pixels: Pixels): Pdq => {
  checkPixels(pixels);
  const { memory, reserve } = kernel();
  const address = reserve(pixels.width, pixels.height);
  if (address === 0) throw tooLarge(pixels);
  new Uint8Array(memory.buffer, address, pixels.rgb.length).set(pixels.rgb);
  return hashReserved(pixels);
};

/** The hash of the picture that lies in the kernel's memory. */
export const hashReserved = ({ grey }: Pixels): Pdq => {
  const { memory, hash, resultAt } = kernel();
  const quality = hash(grey === true);
  return { hash: new Uint8Array(memory.buffer, resultAt(), 32).slice(), quality };
};

export const tooLarge = ({ width, height }: Pixels): FingerprintError =>
  new FingerprintError('too-large', `${width} by ${height} pixels`);
