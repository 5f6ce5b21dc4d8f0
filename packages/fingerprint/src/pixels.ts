import { FingerprintError } from './fingerprint-error.js';

/** A decoded picture: 8-bit samples, rows top to bottom, pixels left to right. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue: 3 bytes a pixel, no padding. */
  readonly rgb: Uint8Array;
  /**
   * The picture was stored with one channel (red = green = blue). The reference then takes the sample itself as luma
   * instead of weighing three equal ones, which rounds differently.
   */
  readonly grey?: true;
}

/** @throws FingerprintError `bad-pixels` unless `rgb` holds exactly `width` times `height` pixels. */
export const checkPixels = ({ width, height, rgb }: Pixels): void => {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (whole && rgb.length === 3 * width * height) return;
  throw new FingerprintError('bad-pixels', `${rgb.length} bytes are not ${width} by ${height} pixels of 3 bytes`);
};
