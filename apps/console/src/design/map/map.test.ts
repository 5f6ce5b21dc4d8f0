import { expect, test } from 'vitest';
import atlas from 'world-atlas/countries-110m.json' with { type: 'json' };
import { alpha2Of } from './iso-numeric.js';
import { stepsOf } from './steps.js';

interface Shape {
  readonly id?: string;
  readonly properties: { readonly name: string };
}
const { geometries }: { readonly geometries: readonly Shape[] } = atlas.objects.countries;

test('every country of the map that has a number has its two letters', () => {
  const without = geometries.filter(({ id }) => id === undefined || alpha2Of(id) === undefined);
  // Without a number of their own in ISO 3166-1.
  expect(without.map(({ properties }) => properties.name).sort()).toEqual(['Kosovo', 'N. Cyprus', 'Somaliland']);
});

test('every code has a name in the language of a reader', () => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = geometries.flatMap(({ id }) => (id === undefined ? [] : [alpha2Of(id) ?? '']));
  expect(codes.filter((code) => names.of(code) === undefined)).toEqual([]);
  expect([alpha2Of('600'), alpha2Of('76'), alpha2Of('999')]).toEqual(['PY', 'BR', undefined]);
});

test('the most is darkest, the least is seen, nothing and nowhere have no shade', () => {
  const counts = [
    { country: 'PY', count: 1_000_000 },
    { country: 'BR', count: 1 },
    { country: 'AR', count: 0 },
    { country: null, count: 5_000_000 },
  ];
  expect([...stepsOf(counts)]).toEqual([
    ['PY', 5],
    ['BR', 1],
  ]);
});
