import { expect, test } from 'vitest';
import { type AuthorityForm, emptyAuthority } from './authority-form.js';
import { faultsOf, stateAuthority } from './state-authority.js';

const any = { covers: 'any', lines: '' } as const;
const whole: AuthorityForm = {
  ...emptyAuthority(new Date('2026-03-01T10:00:00Z')),
  issuedBy: 'no court',
  fileNumber: 'T-1',
  statute: 'none',
  offence: 'none',
  operativeText: 'Issued by nobody.',
  documentSha256: 'AB'.repeat(32),
  scope: {
    sources: any,
    accounts: any,
    addresses: { covers: 'these', lines: '192.0.2.7\n\n 2001:db8::/32 ' },
    periods: { covers: 'these', lines: '2026-03-01 10:00 -05:00 / 2026-03-02 10:00 -05:00' },
    fileClasses: any,
    keywords: any,
  },
  grants: ['disclose'],
};

test('an empty form says all that is missing, and states no limit as none', () => {
  expect(faultsOf(emptyAuthority(new Date()))).toEqual([
    'words',
    'document',
    'sources',
    'accounts',
    'addresses',
    'periods',
    'fileClasses',
    'keywords',
    'grants',
  ]);
});

test('what is typed one a line becomes lists, moments are told in UTC', () => {
  expect(faultsOf(whole)).toEqual([]);
  expect(stateAuthority(whole)).toMatchObject({
    from: '2026-03-01T10:00:00.000Z',
    documentSha256: 'ab'.repeat(32),
    scope: {
      sources: 'any',
      addresses: ['192.0.2.7', '2001:db8::/32'],
      periods: [{ from: '2026-03-01T15:00:00.000Z', to: '2026-03-02T15:00:00.000Z' }],
    },
  });
});

test('an exclusion says what it leaves out and in which words, a condition what it asks', () => {
  const halfExclusion = { key: 1, what: 'accounts', lines: 'lawyer-1', reason: '' } as const;
  const halfCondition = { key: 1, kind: 'second-person', steps: [], text: 'unheard' } as const;
  expect(faultsOf({ ...whole, exclusions: [halfExclusion], conditions: [halfCondition] })).toEqual([
    'exclusion',
    'condition',
  ]);
  const stated = stateAuthority({
    ...whole,
    exclusions: [{ ...halfExclusion, reason: 'counsel' }],
    conditions: [{ ...halfCondition, steps: ['view'] }],
  });
  expect(stated).toMatchObject({
    scope: { exclusions: [{ accounts: ['lawyer-1'], reason: 'counsel' }] },
    conditions: [{ kind: 'second-person', steps: ['view'] }],
  });
});

test('a period that ends before it begins, and an authority that does, are told', () => {
  const periods = { covers: 'these', lines: '2026-03-02 10:00 Z / 2026-03-01 10:00 Z' } as const;
  expect(faultsOf({ ...whole, to: whole.from, scope: { ...whole.scope, periods } })).toEqual([
    'ends-before',
    'periods-malformed',
  ]);
});
