import { done, failed, type Outcome, type Refused, refused } from '@tutela/core';
import { type OpenImage, textOf } from '../open-image.js';
import type { ToolCode } from '../tool/tool-run.js';

/** What an EWF image says of itself. */
export interface EwfFacts {
  /** Hexadecimal, of the disk's bytes; `null` where the image has none. */
  readonly md5: string | null;
  readonly sha1: string | null;
  /** `corrupted`: segments or tables are missing. `not-said` is no proof that all is well. */
  readonly condition: 'corrupted' | 'not-said';
  /** Everything else in the image's own words, under the headings of `ewfinfo`: `Acquisition date`, `File format`, … */
  readonly said: Readonly<Record<string, string>>;
}

export type EwfCode = ToolCode | 'not-ewf' | 'unreadable-image';

const field = /^\t([^\t:][^:]*):\t+(.*)$/;

/**
 * Asks `ewfinfo`. An image whose SHA-256 was made by `ewfacquire` still has none in it (it is in that program's log
 * alone): keep the one of `digestImage`.
 */
export const readEwfFacts = async (
  image: Pick<OpenImage, 'paths' | 'format' | 'zone' | 'deps'>,
): Promise<Outcome<EwfFacts, EwfCode>> => {
  if (image.format !== 'ewf') return notEwf;
  const answer = await textOf(image, 'ewfinfo', []);
  if (answer.kind !== 'done') return answer;
  const { text, run } = answer.value;
  if (run.exitCode !== 0) return failed('unreadable-image', `ewfinfo does not open it: ${run.complaint.trim()}`);
  const said: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, name, value] = field.exec(line) ?? [];
    // What an acquirer typed comes first and could be typed to look like the rest: the last word is libewf's own.
    if (name !== undefined && value !== undefined) said[name] = value.trim();
  }
  const { MD5, SHA1, 'Is corrupted': isCorrupted, ...others } = said;
  return done({
    md5: hexadecimal(MD5),
    sha1: hexadecimal(SHA1),
    condition: isCorrupted === 'yes' ? 'corrupted' : 'not-said',
    said: others,
  });
};

export const notEwf: Refused<'not-ewf'> = refused('not-ewf', 'only EWF images carry their acquisition facts');

export const hexadecimal = (text: string | undefined): string | null =>
  text !== undefined && /^[0-9a-f]{32,64}$/.test(text) ? text : null;
