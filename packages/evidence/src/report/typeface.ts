import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import { EvidenceError } from '../evidence-error.js';

/** DejaVu fonts (free, Bitstream Vera licence), embedded: PDF/A allows no others, and Latin is not all that names need. */
export interface Typeface {
  readonly regular: Buffer;
  readonly bold: Buffer;
  readonly mono: Buffer;
  /** The text with what cannot be printed as code points: `⟨U+1F418⟩`. */
  readonly printable: (text: string) => string;
}

const require = createRequire(import.meta.url);

export const openTypeface = async (): Promise<Typeface> => {
  const [regular, bold, mono] = await Promise.all([
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
    readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf')),
  ]);
  const fonts = [regular, bold, mono].map((bytes) => {
    const font = create(bytes);
    if (!('hasGlyphForCodePoint' in font)) throw new EvidenceError('unusable-font', 'a font is a collection');
    return font;
  });
  const isPrintable = (letter: string): boolean =>
    letter === '\n' ||
    // Signs that turn the direction of writing would show a name as another one.
    (!/[\p{Cc}\p{Cf}\p{Co}]/u.test(letter) && fonts.every((font) => font.hasGlyphForCodePoint(codePoint(letter))));
  const shown = new Map<string, string>();
  const show = (letter: string): string => {
    const known = shown.get(letter);
    if (known !== undefined) return known;
    const hex = codePoint(letter).toString(16).toUpperCase().padStart(4, '0');
    const text = isPrintable(letter) ? letter : `⟨U+${hex}⟩`;
    shown.set(letter, text);
    return text;
  };
  const printable = (text: string): string => Array.from(text.replace(/\r\n?/g, '\n'), show).join('');
  return { regular, bold, mono, printable };
};

const codePoint = (letter: string): number => letter.codePointAt(0) ?? 0;
