/**
 * Text that cannot move the cursor, break a line or turn the direction of writing: names of files are an offender's
 * to choose. What is escaped is shown as `\n` or `\u202e`.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Emoji and the blocks of East Asian writing take two columns (UAX #11, W and F, its large blocks). */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Script=Han})/u;

/** Columns that text takes on a terminal. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
};
