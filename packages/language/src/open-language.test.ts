import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogues } from './all.js';
import { chooseLanguage, languages } from './languages.js';
import { loadMessages } from './load-messages.js';
import { formatMessage, openLanguage } from './open-language.js';

const messages = {
  'public.waiting': '{count, plural, =0 {Nothing waits} one {# item waits} other {# items wait}} for {who}',
};
const in_ = (language: (typeof languages)[number]) =>
  openLanguage({ language, messages: catalogues[language], timeZone: 'America/Asuncion' });

describe('a text', () => {
  const tongue = openLanguage({ language: 'en', messages });

  test('has its placeholders filled, plurals by the language', () => {
    const say = (count: number) => tongue.sayIfKnown('public.waiting', { count, who: 'Ana' });
    expect([0, 1, 3000].map(say)).toEqual([
      'Nothing waits for Ana',
      '1 item waits for Ana',
      '3,000 items wait for Ana',
    ]);
  });

  test('is not found under what every object has', () => {
    expect(tongue.sayIfKnown('constructor')).toBeUndefined();
    expect(tongue.sayIfKnown('public.nowhere')).toBeUndefined();
  });

  test('is said in the language asked for', () => {
    for (const language of languages)
      expect(formatMessage({ language, messages: catalogues[language] }, 'common.action.retry')).toBe(
        catalogues[language]['common.action.retry'],
      );
  });
});

test('the texts loaded for a page are those of the whole catalogue', async () => {
  for (const language of languages) expect(await loadMessages(language)).toEqual(catalogues[language]);
});

test('dates show their zone, and what is no date is shown as written', () => {
  expect(in_('en').moment('2026-11-22T20:00:00Z')).toMatch(/Nov 22, 2026.*17:00:00.*GMT-3/);
  expect(in_('es').moment('2026-11-22T20:00:00Z')).toMatch(/17:00:00.*(GMT-3|ART|PYT)/);
  expect(in_('pt-BR').day('2026-11-23T02:00:00Z')).toContain('22');
  expect(in_('en').moment('last Tuesday')).toBe('last Tuesday');
});

test('how long ago is said in the largest whole unit', () => {
  const now = new Date('2026-11-22T20:00:00Z');
  const away = (at: string) => in_('en').away(at, now);
  expect(away('2026-11-22T16:59:00Z')).toBe('3 hours ago');
  expect(away('2026-11-24T20:00:00Z')).toBe('in 2 days');
  expect(away('2026-11-22T19:59:45Z')).toBe('this minute');
});

test('countries have their names, and what is none stays', () => {
  expect(languages.map((language) => in_(language).country('PY'))).toEqual(['Paraguay', 'Paraguay', 'Paraguai']);
  expect(in_('en').country('600')).toBe('600');
});

test('sizes are in powers of a thousand, durations in two units', () => {
  expect(in_('en').bytes(1_500_000)).toBe('1.5 MB');
  expect(in_('en').bytes(7n * 10n ** 15n)).toBe('7 PB');
  expect(in_('en').duration(93_784)).toBe('1 day 2 hr');
  expect(in_('en').duration(0)).toBe('0 sec');
});

test('a duration never shows more than two units and never nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (seconds) => {
      const shown = in_('en').duration(seconds).split(' ').length;
      expect(shown === 2 || shown === 4).toBe(true);
    }),
  );
});

test('a language is found by its primary tag, English where none is', () => {
  expect(chooseLanguage(['pt-PT', 'en'])).toBe('pt-BR');
  expect(chooseLanguage(['es_PY.UTF-8'])).toBe('es');
  expect(chooseLanguage(['gn', 'de'])).toBe('en');
});
