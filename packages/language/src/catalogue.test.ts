import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { catalogues } from './all.js';
import { languages } from './languages.js';

const english = catalogues.en;
const others = languages.filter((language) => language !== 'en');
const areas = ['clearinghouse', 'common', 'investigator', 'oversight', 'platform', 'provider', 'public'];

/** `count plural`, `name`, …: every placeholder of a text with what is done to it. */
const placeholders = (elements: readonly MessageFormatElement[]): readonly string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) return [];
    const own = `${element.value} ${TYPE[element.type]}`;
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [own];
    return [own, ...Object.values(element.options).flatMap(({ value }) => placeholders(value))];
  });
const placeholdersOf = (text: string): readonly string[] =>
  [...new Set(placeholders(parse(text, { ignoreTag: true })))].sort();

/** The choices of every `select`: a program names them, so that every language needs the same. */
const choices = (elements: readonly MessageFormatElement[]): readonly string[] =>
  elements.flatMap((element) => {
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const own = element.type === TYPE.select ? [`${element.value}: ${Object.keys(element.options).sort().join()}`] : [];
    return [...own, ...Object.values(element.options).flatMap(({ value }) => choices(value))];
  });

describe.each(others)('%s', (language) => {
  const texts = catalogues[language];

  test('has every text that English has, and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  test('has the placeholders and choices of the English texts', () => {
    const differing = Object.entries(english).filter(([key, text]) => {
      const translated = texts[key] ?? '';
      const same = placeholdersOf(translated).join() === placeholdersOf(text).join();
      return !same || choices(parse(translated)).join() !== choices(parse(text)).join();
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});

test('every text is named after its area, says something, and can be read by the formatter', () => {
  for (const language of languages) {
    for (const [key, text] of Object.entries(catalogues[language])) {
      expect([key, areas.includes(key.split('.')[0] ?? '')]).toEqual([key, true]);
      expect([key, text.trim() === text && text.length > 0]).toEqual([key, true]);
      expect(() => parse(text, { ignoreTag: true }), `${language} ${key}`).not.toThrow();
    }
  }
});

test('plurals have the form that every number falls back to', () => {
  for (const language of languages) {
    for (const [key, text] of Object.entries(catalogues[language])) {
      const plurals = parse(text, { ignoreTag: true }).filter((element) => element.type === TYPE.plural);
      for (const plural of plurals) expect([key, 'other' in plural.options]).toEqual([key, true]);
    }
  }
});
