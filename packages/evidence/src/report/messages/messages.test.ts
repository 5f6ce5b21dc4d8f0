import { expect, test } from 'vitest';
import { catalogues, languages, sayIn } from './messages.js';

const gapsOf = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

test.each(languages.filter((language) => language !== 'en'))(
  '%s has the texts of English, with the same gaps',
  (language) => {
    expect(Object.keys(catalogues[language])).toEqual(Object.keys(catalogues.en));
    for (const [key, text] of Object.entries(catalogues.en)) {
      const translated = catalogues[language][key as keyof typeof catalogues.en];
      expect({ key, gaps: gapsOf(translated) }).toEqual({ key, gaps: gapsOf(text) });
      expect(translated.trim()).not.toBe('');
    }
  },
);

test('gaps are filled with what is given, as it is', () => {
  expect(sayIn('es')('page.of', { page: 1, pages: '$&' })).toBe('página 1 de $&');
});
