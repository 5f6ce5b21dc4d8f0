import { readFile } from 'node:fs/promises';
import { makeReportWorld } from '@tutela/testkit';
import { describe, expect, test } from 'vitest';
import { type AuthorityRow, authorityColumns } from './authority.js';
import { chooseAuthority } from './choose-authority.js';
import { countriesWithoutAuthority, demoAuthoritiesCsv } from './demo-authorities.js';
import type { Authority } from './queries.js';
import { readRegistry } from './read-registry.js';

const row: Record<(typeof authorityColumns)[number], string> = {
  authority_id: 'py-unit',
  country: 'PY',
  name: 'A unit',
  jurisdiction: 'national',
  takes: 'reports',
  channel: 'feed',
  address: '',
  languages: 'es;en',
  incident_types: '',
  instruments: 'mlat;budapest-24-7',
  standing: 'active',
  source: 'a letter of theirs',
  source_date: '2026-02-01',
};
const csv = (...rows: readonly Partial<typeof row>[]): string =>
  [
    authorityColumns.join(','),
    ...rows.map((part) => authorityColumns.map((name) => ({ ...row, ...part })[name]).join(',')),
  ].join('\n');
const read = (text: string) => {
  const registry = readRegistry(text);
  if (registry.kind !== 'done') throw new Error(registry.reason.message);
  return registry.value;
};

test('the authorities of the demonstration are one invented police for each of 100 countries, made reproducibly', async () => {
  const file = await readFile(new URL('../../data/demonstration-authorities.csv', import.meta.url), 'utf8');
  expect(file).toBe(demoAuthoritiesCsv());
  const { authorities, refused } = read(file);
  expect(refused).toEqual([]);
  expect(new Set(authorities.filter(({ takes }) => takes === 'reports').map(({ country }) => country)).size).toBe(100);
  expect(
    authorities.filter(({ name, source }) => !name.startsWith('Demonstration ') || !source.includes('invented')),
  ).toEqual([]);
  expect(authorities.flatMap(({ instruments }) => instruments)).toEqual([]);
});

test('the demonstration has an authority for every country of the made world but those that are left out on purpose', async () => {
  const { ranges } = await makeReportWorld({ reports: 100, seed: 1 });
  const world = new Set(ranges.match(/(?<=\|)[A-Z]{2}(?=\|)/g));
  expect(world.size).toBe(100);
  const named = new Set(read(demoAuthoritiesCsv()).authorities.map(({ country }) => country));
  expect([...world].filter((country) => !named.has(country)).toSorted()).toEqual(countriesWithoutAuthority);
});

describe('a registry', () => {
  test.each([
    ['of another country than its name', { country: 'BR' }, 'authority_id begins with another country'],
    ['without a source', { source: '' }, 'source'],
    ['dated in words', { source_date: 'spring' }, 'source_date'],
    ['with an instrument that nobody knows', { instruments: 'handshake' }, 'instruments.0'],
    ['mailed to without an address', { channel: 'email' }, 'address is no e-mail address'],
    ['written to without an address', { channel: 'post' }, 'address is missing'],
    ['that speaks nothing', { languages: '' }, 'languages'],
  ] as const)('refuses a row %s by name and takes the rest', (_, part, fault) => {
    const { authorities, refused } = read(csv({ authority_id: 'py-bad', ...part }, {}));
    expect(authorities.map(({ authority_id }) => authority_id)).toEqual(['py-unit']);
    expect(refused).toMatchObject([{ row: 1, authorityId: 'py-bad', message: expect.stringContaining(fault) }]);
  });

  test('is the same from JSON as from CSV', () => {
    const json = JSON.stringify([
      { ...row, languages: ['es', 'en'], incident_types: [], instruments: ['mlat', 'budapest-24-7'] },
    ]);
    expect(read(json).authorities).toEqual(read(csv({})).authorities);
  });

  test('of two rows with one id keeps the first', () => {
    expect(read(csv({}, { name: 'Another' })).refused).toMatchObject([{ row: 2, authorityId: 'py-unit' }]);
  });

  test.each(['name\nx', '[{', '"'])('%j is none', (text) => {
    expect(readRegistry(text)).toMatchObject({ kind: 'refused', reason: { code: 'unreadable-registry' } });
  });
});

describe('the authority of a report', () => {
  const authority = (part: Partial<AuthorityRow>) => ({ ...read(csv({})).authorities[0], ...part }) as Authority;
  const ask = { country: 'PY', incidentType: 'Child Sex Tourism', lane: 'normal' } as const;

  test('is the one that names its type, then one that takes all', () => {
    const all = authority({ authority_id: 'py-a' });
    const own = authority({ authority_id: 'py-b', incident_types: ['Child Sex Tourism'] });
    expect(chooseAuthority([all, own], ask)).toMatchObject({ value: { authority_id: 'py-b' } });
    expect(chooseAuthority([all, own], { ...ask, incidentType: 'Other' })).toMatchObject({
      value: { authority_id: 'py-a' },
    });
    expect(chooseAuthority([own], { ...ask, incidentType: 'Other' })).toMatchObject({
      reason: { code: 'incident-type-not-taken' },
    });
  });

  test('is nobody where the country has none, or only a closed one', () => {
    expect(chooseAuthority([authority({ standing: 'closed' })], ask)).toMatchObject({
      reason: { code: 'no-authority-in-country' },
    });
  });

  test('of a diverted report is the child-protection unit, and never the police', () => {
    const police = authority({});
    const unit = authority({ authority_id: 'py-children', takes: 'diverted' });
    const diverted = { ...ask, lane: 'diverted' } as const;
    expect(chooseAuthority([police, unit], diverted)).toMatchObject({ value: { authority_id: 'py-children' } });
    expect(chooseAuthority([police], diverted)).toMatchObject({ reason: { code: 'no-child-protection-authority' } });
    expect(chooseAuthority([police, unit], ask)).toMatchObject({ value: { authority_id: 'py-unit' } });
  });
});
