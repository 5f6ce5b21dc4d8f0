import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import { ClearinghouseError } from '../../clearinghouse-error.js';

/** Fonts that are embedded, since those of every reader know Western letters only. */
export interface Typeface {
  readonly regular: Buffer;
  readonly bold: Buffer;
  /** The text with what cannot be printed as code points: `⟨U+1F418⟩`. */
  readonly printable: (text: string) => string;
}

const require = createRequire(import.meta.url);

export const openTypeface = async (): Promise<Typeface> => {
  const [regular, bold] = await Promise.all([
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  ]);
  const font = create(regular);
  if (!('hasGlyphForCodePoint' in font)) throw new ClearinghouseError('unusable-font', 'the font is a collection');
  const printable = (text: string): string =>
    Array.from(text.replace(/\r\n?/g, '\n'), (letter) => {
      const point = letter.codePointAt(0) ?? 0;
      // Signs that turn the direction of writing would show a name as another one.
      const shown = letter === '\n' || (!/[\p{Cc}\p{Cf}\p{Co}]/u.test(letter) && font.hasGlyphForCodePoint(point));
      return shown ? letter : `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`;
    }).join('');
  return { regular, bold, printable };
};
