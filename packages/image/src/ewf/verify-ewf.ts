import { done, failed, type Outcome } from '@tutela/core';
import { type OpenImage, textOf } from '../open-image.js';
import { type EwfCode, hexadecimal, notEwf } from './ewf-facts.js';

/** Of the disk, in bytes; `to` is the first that is no longer in it. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export interface EwfVerified {
  readonly storedMd5: string | null;
  readonly computedMd5: string | null;
  /** Where the image's own checksums do not hold. The tools hand out zeros for these and say nothing. */
  readonly damaged: readonly ByteRange[];
}

const sectors = /^\tat sector\(s\):\s*(\d+) - (\d+) /gm;

/** Reads the whole image with `ewfverify`. Done even when damage was found: that is in the answer. */
export const verifyEwf = async (image: OpenImage): Promise<Outcome<EwfVerified, EwfCode>> => {
  if (image.format !== 'ewf') return notEwf;
  const answer = await textOf(image, 'ewfverify', ['-q']);
  if (answer.kind !== 'done') return answer;
  const { text, run } = answer.value;
  const word = /^ewfverify: (SUCCESS|FAILURE)$/m.exec(text)?.[1];
  if (word === undefined) return failed('unreadable-image', `ewfverify does not read it: ${run.complaint.trim()}`);
  const digest = (which: string): string | null =>
    hexadecimal(new RegExp(`^MD5 hash ${which}:\\s*(\\S+)$`, 'm').exec(text)?.[1]);
  const damaged = [...text.matchAll(sectors)].map(([, first, last]) => ({
    from: Number(first) * image.sectorBytes,
    to: (Number(last) + 1) * image.sectorBytes,
  }));
  return done({ storedMd5: digest('stored in file'), computedMd5: digest('calculated over data'), damaged });
};
