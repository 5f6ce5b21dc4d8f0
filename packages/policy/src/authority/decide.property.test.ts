import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuthorityRecord } from './authority.js';
import { actor, authorityId, instant, person, warrant } from './authority.test-support.js';
import { compileScope } from './compile-scope.js';
import { decide } from './decide.js';
import type { Question, Role } from './decision.js';
import type { Freeze } from './freeze.js';
import type { Exclusion, Limit, Scope } from './scope.js';
import { steps } from './step.js';

const some = <T>(...values: readonly T[]) => fc.subarray([...values]);
const limit = <T>(...values: readonly T[]): fc.Arbitrary<Limit<T>> =>
  fc.oneof(fc.constant('any' as const), some(...values));
const day = fc.constantFrom('2025-01-01', '2025-04-01', '2025-10-01').map(instant);
const period = { from: instant('2025-01-01'), to: instant('2025-07-01') };
const sources = ['exhibit-3', 'exhibit-4'] as const;
const terms = ['beach', 'counsel'] as const;

const exclusion: fc.Arbitrary<Exclusion> = fc
  .record(
    {
      sources: some(...sources),
      folders: some('mail'),
      accounts: some('alice'),
      periods: some(period),
      keywords: some(...terms),
      addresses: some('192.0.2.0/24'),
    },
    { requiredKeys: [] },
  )
  .filter((stated) => Object.keys(stated).length > 0)
  .map((stated) => ({ ...stated, reason: 'r' }));
const scope: fc.Arbitrary<Scope> = fc.record({
  sources: limit(...sources),
  accounts: limit('alice', 'bob'),
  addresses: limit('192.0.2.0/24', '2001:db8::/32'),
  periods: limit(period),
  fileClasses: limit('message'),
  keywords: limit('beach'),
  exclusions: fc.array(exclusion, { maxLength: 2 }),
  privilegeTerms: some('counsel'),
});
const record: fc.Arbitrary<AuthorityRecord> = fc
  .record({
    digit: fc.integer({ min: 1, max: 3 }),
    version: fc.integer({ min: 1, max: 2 }),
    scope,
    grants: some(...steps),
    to: fc.constantFrom('2026-05-01', '2027-01-01').map(instant),
    verified: fc.boolean(),
    filter: fc.boolean(),
  })
  .map(({ digit, verified, filter, ...changes }) => ({
    authority: warrant({
      ...changes,
      id: authorityId(digit),
      conditions: filter ? [{ kind: 'filter-team', steps: ['view'] }] : [],
    }),
    ...(verified && { verification: { by: [person('staff-2')], at: instant('2026-01-01') } }),
  }));
const freeze: fc.Arbitrary<Freeze> = fc
  .record({
    extent: fc.constantFrom<Freeze['extent']>(
      { kind: 'case' },
      { kind: 'source', sourceId: 'exhibit-3' },
      { kind: 'item', itemRef: 'i' },
    ),
    lift: fc.option(
      fc.record({ authority: fc.constantFrom(authorityId(1), authorityId(2)), at: fc.constant(instant('2026-02-01')) }),
    ),
  })
  .map(({ extent, lift }) => ({
    id: 'f',
    caseRef: 'case-1',
    extent,
    at: instant('2026-01-15'),
    by: 'staff-3',
    reason: 'r',
    ...(lift !== null && { lift }),
  }));
const asked: fc.Arbitrary<Omit<Question, 'at' | 'caseRef'>> = fc.record(
  {
    step: fc.constantFrom(...steps),
    object: fc.record(
      {
        sourceId: fc.constantFrom(...sources),
        itemRef: fc.constant('i'),
        path: fc.constantFrom('mail/a', 'b'),
        account: fc.constantFrom('alice', 'bob'),
        address: fc.constantFrom('192.0.2.1', '198.51.100.1', '2001:db8::1'),
        at: day,
        fileClass: fc.constantFrom('message', 'picture'),
        terms: some(...terms),
        privilege: fc.constantFrom('claimed' as const, 'withheld' as const, 'released' as const),
      },
      { requiredKeys: ['sourceId'] },
    ),
    actor: some<Role>('lead', 'examiner', 'filter', 'oversight').map((roles) => actor(...roles)),
  },
  { requiredKeys: ['step', 'object'] },
);
const grounds = fc.record({
  authorities: fc.array(record, { maxLength: 4 }),
  freezes: fc.array(freeze, { maxLength: 1 }),
});
const at = instant('2026-06-01');
const answerTo = (given: Parameters<typeof decide>[0], question: Omit<Question, 'at' | 'caseRef'>) =>
  decide(given, { caseRef: 'case-1', at, ...question }).answer;

const neverWidens = (
  change: (
    given: { authorities: AuthorityRecord[]; freezes: Freeze[] },
    at: number,
    exclusion: Exclusion,
  ) => Parameters<typeof decide>[0],
) => {
  let allowed = 0;
  fc.assert(
    fc.property(grounds, asked, fc.nat(3), exclusion, (given, question, place, more) => {
      const before = answerTo(given, question);
      if (before === 'allow') allowed += 1;
      else expect(answerTo(change(given, place, more), question)).not.toBe('allow');
    }),
    { numRuns: 3000 },
  );
  // Otherwise it would say nothing.
  expect(allowed).toBeGreaterThan(20);
};
const changed = (
  records: readonly AuthorityRecord[],
  place: number,
  change: (one: AuthorityRecord) => AuthorityRecord,
) => records.map((one, at) => (at === place ? change(one) : one));

test('an exclusion more never allows what was not allowed', () => {
  neverWidens((given, place, more) => ({
    ...given,
    authorities: changed(given.authorities, place, ({ authority, ...rest }) => ({
      ...rest,
      authority: { ...authority, scope: { ...authority.scope, exclusions: [...authority.scope.exclusions, more] } },
    })),
  }));
});

test('a revocation never allows what was not allowed, and what is revoked allows nothing', () => {
  const end = { kind: 'revoked' as const, at: instant('2026-05-01'), by: 'staff-9', reason: 'quashed' };
  neverWidens((given, place) => ({
    ...given,
    authorities: changed(given.authorities, place, (one) => ({ ...one, end })),
  }));
  fc.assert(
    fc.property(grounds, asked, (given, question) => {
      const revoked = given.authorities.map((one) => ({ ...one, end }));
      expect(answerTo({ ...given, authorities: revoked }, question)).not.toBe('allow');
    }),
  );
});

test('a freeze more never allows what was not allowed', () => {
  neverWidens((given) => ({
    ...given,
    freezes: [
      ...given.freezes,
      { id: 'g', caseRef: 'case-1', extent: { kind: 'case' }, at: instant('2026-02-01'), by: 'b', reason: 'r' },
    ],
  }));
});

test('a narrower limit never allows what was not allowed', () => {
  neverWidens((given, place) => ({
    ...given,
    authorities: changed(given.authorities, place, ({ authority, ...rest }) => ({
      ...rest,
      authority: {
        ...authority,
        scope: {
          ...authority.scope,
          sources: ['exhibit-3'].filter(
            (one) => authority.scope.sources === 'any' || authority.scope.sources.includes(one),
          ),
        },
      },
    })),
  }));
});

test('the order in which authorities are known changes no answer', () => {
  fc.assert(
    fc.property(grounds, asked, (given, question) => {
      const reversed = { ...given, authorities: [...given.authorities].reverse() };
      expect(answerTo(reversed, question)).toBe(answerTo(given, question));
    }),
  );
});

test('a compiled scope gives one object for all that an authority allows', () => {
  const scopeOf = compileScope(
    { authorities: [{ authority: warrant(), verification: { by: [], at: instant('2026-01-01') } }], freezes: [] },
    'case-1',
    at,
  );
  const one = scopeOf.decide({ step: 'hash', object: { sourceId: 'a' } });
  expect(scopeOf.decide({ step: 'hash', object: { sourceId: 'b' } })).toBe(one);
});
