import type { EventPlace } from '../fault.js';
import type { Texts } from './texts.js';

/** Names somebody else chose, so that they can neither move a cursor nor turn the direction of writing. */
export const visible = (name: string): string =>
  name.replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/** `event 12 (entry of the log 34)` */
export const showEvent = ({ caseSeq, index }: EventPlace, { words }: Texts): string => {
  const place = index === undefined ? '' : `${words.place} ${index}`;
  if (caseSeq === undefined) return place;
  return `${words.event} ${caseSeq}${place === '' ? '' : ` (${place})`}`;
};

/** In groups that a voice can read out. */
export const showFingerprint = (hex: string): string => hex.replaceAll(/(.{8})(?=.)/g, '$1 ');
