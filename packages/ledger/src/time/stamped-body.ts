import { done } from '@tutela/core';
import { utf8 } from '../bytes.js';
import { parseNote } from '../note/signed-note.js';
import type { Verdict } from '../verdict.js';

/**
 * The bytes of a checkpoint that a time-stamp is made for: the text that its signatures cover, from the origin line up
 * to and with the newline before the blank line; neither that blank line nor any signature. So a token stays good when
 * witnesses add their signatures to the note later, and is about the same head whoever signed it.
 */
export const stampedBody = (note: string | Uint8Array): Verdict<Uint8Array, 'malformed-note'> => {
  const parsed = parseNote(note);
  return parsed.kind === 'done' ? done(utf8(parsed.value.text)) : parsed;
};
