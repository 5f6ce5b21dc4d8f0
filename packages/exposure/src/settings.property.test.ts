import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categories } from './category.js';
import { mildest, type Presentation, presentationBounds, weakerRespects } from './presentation.js';
import { defaultRules, parseRules } from './rules.js';
import { admitSettings, presentationFor, type Settings } from './settings.js';

const { side, blur } = presentationBounds;
const presentation: fc.Arbitrary<Presentation> = fc.record({
  side: fc.integer({ min: side.least, max: side.most }),
  tone: fc.constantFrom('colour', 'grey'),
  blur: fc.integer({ min: blur.least, max: blur.most }),
  sound: fc.constantFrom('muted', 'heard'),
});
const category = fc.constantFrom(...categories);
const settings: fc.Arbitrary<Settings> = fc.record({
  general: presentation,
  byCategory: fc.dictionary(category, presentation, { maxKeys: 4 }),
  optedOut: fc.uniqueArray(category),
});

test('nothing is shown weaker than the minimum', () => {
  fc.assert(
    fc.property(settings, presentation, fc.array(category), (chosen, minimum, of) => {
      expect(weakerRespects(presentationFor(chosen, of, { ...defaultRules, minimum }), minimum)).toEqual([]);
    }),
  );
});

test('of a file with several categories the mildest setting counts in each respect', () => {
  fc.assert(
    fc.property(settings, fc.uniqueArray(category, { minLength: 1 }), (chosen, of) => {
      const minimum: Presentation = { side: side.most, tone: 'colour', blur: 0, sound: 'heard' };
      const shown = presentationFor(chosen, of, { ...defaultRules, minimum });
      for (const one of of) expect(weakerRespects(shown, chosen.byCategory[one] ?? chosen.general)).toEqual([]);
    }),
  );
});

test('settings below the minimum are refused by name, others kept as they are', () => {
  fc.assert(
    fc.property(settings, presentation, (asked, minimum) => {
      const admitted = admitSettings(asked, { ...defaultRules, minimum });
      const parts = [asked.general, ...Object.values(asked.byCategory)];
      const weak = parts.some((one) => weakerRespects(one, minimum).length > 0);
      expect(admitted.kind).toBe(weak ? 'refused' : 'done');
      if (admitted.kind === 'done') expect(admitted.value).toEqual(asked);
    }),
  );
  const weaker = { ...defaultRules.minimum, blur: 0 };
  const asked = { general: defaultRules.usual, byCategory: { violence: weaker }, optedOut: [] };
  expect(admitSettings(asked, defaultRules)).toMatchObject({
    reason: { code: 'weaker-than-minimum', message: expect.stringContaining('violence.blur') },
  });
});

test('the mildest of two is weaker than neither, in any order', () => {
  fc.assert(
    fc.property(presentation, presentation, (one, other) => {
      const both = mildest(one, other);
      expect(both).toEqual(mildest(other, one));
      expect([...weakerRespects(both, one), ...weakerRespects(both, other)]).toEqual([]);
    }),
  );
});

test('rules come out as they were written, and what is left out is as by default', () => {
  fc.assert(
    fc.property(presentation, fc.integer({ min: 1, max: 86_400 }), (minimum, limitSeconds) => {
      const written = {
        ...defaultRules,
        minimum,
        limitSeconds,
        timeZone: 'America/Asuncion',
        talkTo: { es: 'Ana, 12' },
      };
      expect(parseRules(JSON.stringify(written))).toEqual(written);
    }),
  );
  expect(parseRules('{}')).toEqual(defaultRules);
  for (const wrong of ['', '[]', '{"limitSeconds":0}', '{"timeZone":"Nowhere"}', '{"minumum":{}}'])
    expect(() => parseRules(wrong)).toThrow();
});
