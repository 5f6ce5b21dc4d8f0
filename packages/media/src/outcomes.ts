import type { Done, Failed, Limited, Refused, Undecidable } from '@tutela/core';
import type { PictureType } from './picture-type.js';

/**
 * How decoding can end without a picture.
 *
 * - `empty`: no bytes. `not-a-picture`: the first bytes name no known picture. `unsupported`: a picture type that is
 *   recognised and deliberately not decoded (the message names it).
 * - `too-large`: more bytes, pixels or memory than the limits. `timed-out`: longer than the limit.
 * - `truncated`: it ends early and nothing of the picture is left. `undecodable`: the decoder refused it, strictly and
 *   leniently.
 * - `crashed`: it brought the decoder process down, alone; the process was replaced. `busy`: too many inputs waiting.
 *   `unavailable`: the decoder process does not start. `closed`: the decoder was closed first.
 */
export const decodeCodes = [
  'empty',
  'not-a-picture',
  'unsupported',
  'too-large',
  'timed-out',
  'truncated',
  'undecodable',
  'crashed',
  'busy',
  'unavailable',
  'closed',
] as const;
export type DecodeCode = (typeof decodeCodes)[number];

/** Pixels as `@tutela/fingerprint` takes them, and what is known about their source. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue; rows top to bottom, as stored: the EXIF orientation is ignored, as the reference ignores it. */
  readonly rgb: Uint8Array;
  /** Stored with one channel: red = green = blue. */
  readonly grey?: true;
  readonly type: PictureType;
  /** Size as stored, in pixels. */
  readonly storedWidth: number;
  readonly storedHeight: number;
  /** `damaged`: only a lenient second pass could decode it; parts of the picture may be missing. */
  readonly integrity: 'whole' | 'damaged';
  /** Versions of the decoding libraries, for the record. */
  readonly decodedBy: string;
}

export type DecodeOutcome =
  | Done<DecodedPicture>
  | Refused<DecodeCode>
  | Limited<DecodeCode>
  | Undecidable<DecodeCode>
  | Failed<DecodeCode>;

/**
 * `default`: at most 512 pixels a side, aspect kept, shrunk while loading: the mode for known-hash lists, whose hashes
 * come from many decoders. `exact`: full decode, then the nearest pixel on a 512 by 512 grid when a side is over 512:
 * what Meta's C++ reference hashes, bit by bit.
 */
export const decodeModes = ['default', 'exact'] as const;
export type DecodeMode = (typeof decodeModes)[number];

/** How a picture is made for eyes: turned as its EXIF orientation says, the transparent parts on grey. */
export interface Look {
  /** Longest side in pixels, 1 to 1600. Never enlarged. */
  readonly side: number;
  readonly tone: 'colour' | 'grey';
  /** Standard deviation of a Gaussian in pixels of the result, 0 to 100, in tenths; below 0.3 nothing is blurred. */
  readonly blur: number;
}
