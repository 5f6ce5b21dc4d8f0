import { describe, expect, test } from 'vitest';
import type { Authority, AuthorityRecord } from './authority.js';
import {
  actor,
  authorityId,
  everything,
  instant,
  knownObject,
  person,
  question,
  verified,
  warrant,
} from './authority.test-support.js';
import { decide } from './decide.js';
import type { Decision, PolicyObject, Question } from './decision.js';
import type { Freeze } from './freeze.js';
import type { Exclusion, Scope } from './scope.js';
import { type Step, steps, stepsUpTo } from './step.js';

const answer = (decision: Decision): string =>
  decision.answer === 'needs' ? `needs ${decision.need}: ${decision.rule}` : `${decision.answer}: ${decision.rule}`;

const ask = (changes: Partial<Question>, ...records: readonly (AuthorityRecord | Authority)[]): string =>
  answer(
    decide(
      { authorities: records.map((one) => ('authority' in one ? one : verified(one))), freezes: [] },
      question(changes),
    ),
  );
const scoped = (scope: Partial<Scope>): Authority => warrant({ scope: { ...everything, ...scope } });
const without = (...facts: readonly (keyof PolicyObject)[]): PolicyObject =>
  Object.fromEntries(
    Object.entries(knownObject).filter(([name]) => !facts.includes(name as keyof PolicyObject)),
  ) as unknown as PolicyObject;

describe('an authority', () => {
  test.each(steps.flatMap((granted) => steps.map((step) => [granted, step] as const)))(
    'that grants %s alone decides on %s by name',
    (granted, step) => {
      const allowed = ask({ step, actor: actor('lead') }, warrant({ grants: [granted] }));
      expect(allowed).toBe(granted === step ? 'allow: grant' : 'needs authority: step.not-granted');
    },
  );

  const ended = (end: NonNullable<AuthorityRecord['end']>): AuthorityRecord => ({ ...verified(warrant()), end });
  const by = { at: instant('2026-05-01'), by: 'staff-9' };
  test.each<[string, string, AuthorityRecord | Authority, Partial<Question>]>([
    ['there is none', 'needs authority: authority.none', warrant({ caseRef: 'case-2' }), {}],
    ['nobody verified it', 'needs second-person: authority.unverified', { authority: warrant() }, {}],
    [
      'it was verified later',
      'needs second-person: authority.unverified',
      { authority: warrant(), verification: { by: [person('b')], at: instant('2026-07-01') } },
      {},
    ],
    ['it begins later', 'needs authority: authority.not-yet', warrant({ from: instant('2026-07-01') }), {}],
    ['it begins now', 'allow: grant', warrant({ from: instant('2026-06-01') }), {}],
    ['it ends now', 'needs authority: authority.expired', warrant({ to: instant('2026-06-01') }), {}],
    ['it was revoked', 'needs authority: authority.revoked', ended({ kind: 'revoked', reason: 'quashed', ...by }), {}],
    [
      'it was superseded',
      'needs authority: authority.superseded',
      ended({ kind: 'superseded', successor: authorityId(2), ...by }),
      {},
    ],
    [
      'it is revoked later',
      'allow: grant',
      ended({ kind: 'revoked', reason: 'quashed', ...by }),
      { at: instant('2026-04-30') },
    ],
    ['it was entered later', 'needs authority: authority.none', warrant({ enteredAt: instant('2026-07-01') }), {}],
  ])('when %s: %s', (_, expected, record, changes) => {
    expect(ask(changes, record)).toBe(expected);
  });

  test('stands in its newest verified version, and a version that waits grants nothing more', () => {
    const first = verified(warrant({ scope: { ...everything, sources: ['exhibit-1'] } }));
    const second = warrant({ version: 2, scope: { ...everything, sources: ['exhibit-1', 'exhibit-3'] } });
    expect(ask({}, first, { authority: second })).toBe('needs second-person: authority.unverified');
    expect(ask({}, first, verified(second))).toBe('allow: grant');
    const narrower = verified(warrant({ version: 2, scope: { ...everything, sources: ['exhibit-1'] } }));
    expect(ask({}, verified(warrant()), narrower)).toBe('needs authority: scope.source');
  });
});

describe('the scope', () => {
  const periods = [{ from: instant('2025-01-01'), to: instant('2025-07-01') }];
  test.each<[string, string, Partial<Scope>, Partial<PolicyObject>]>([
    ['covers its exhibit', 'allow: grant', { sources: ['exhibit-3'] }, {}],
    ['covers no other exhibit', 'needs authority: scope.source', { sources: ['exhibit-4'] }, {}],
    ['covers nothing with an empty list', 'needs authority: scope.source', { sources: [] }, {}],
    ['covers its account', 'allow: grant', { accounts: ['alice@example.org'] }, {}],
    ['covers no other account', 'needs authority: scope.account', { accounts: ['bob@example.org'] }, {}],
    ['covers an address in its prefix', 'allow: grant', { addresses: ['192.0.2.0/24'] }, {}],
    [
      'covers an IPv4-mapped address in its prefix',
      'allow: grant',
      { addresses: ['192.0.2.0/24'] },
      { address: '::ffff:192.0.2.9' },
    ],
    [
      'covers an IPv6 address in its prefix',
      'allow: grant',
      { addresses: ['2001:db8::/32'] },
      { address: '2001:db8:1::5' },
    ],
    ['covers no other address', 'needs authority: scope.address', { addresses: ['198.51.100.0/24'] }, {}],
    [
      'covers no address that cannot be read',
      'needs fact: scope.unknown',
      { addresses: ['0.0.0.0/0'] },
      { address: '010.0.0.1' },
    ],
    ['covers its period', 'allow: grant', { periods }, {}],
    ['ends before the end of its period', 'needs authority: scope.period', { periods }, { at: instant('2025-07-01') }],
    [
      'covers a window within its period',
      'allow: grant',
      { periods },
      { at: { from: instant('2025-06-30'), to: instant('2025-07-01') } },
    ],
    [
      'covers no window that leaves its period',
      'needs authority: scope.period',
      { periods },
      { at: { from: instant('2025-06-30'), to: instant('2025-07-02') } },
    ],
    ['covers its class', 'allow: grant', { fileClasses: ['message'] }, {}],
    ['covers no other class', 'needs authority: scope.file-class', { fileClasses: ['picture'] }, {}],
    ['covers a keyword in any case', 'allow: grant', { keywords: ['BEACH'] }, {}],
    ['covers nothing without a keyword', 'needs authority: scope.keyword', { keywords: ['lake'] }, {}],
  ])('%s: %s', (_, expected, scope, object) => {
    expect(ask({ object: { ...knownObject, ...object } }, scoped(scope))).toBe(expected);
  });

  const facts = [
    ['account', { accounts: ['alice@example.org'] }, 'match'],
    ['address', { addresses: ['192.0.2.0/24'] }, 'match'],
    ['at', { periods }, 'match'],
    ['fileClass', { fileClasses: ['message'] }, 'match'],
    ['terms', { keywords: ['beach'] }, 'view'],
  ] as const;
  test.each(facts.flatMap(([fact, scope, from]) => steps.map((step) => [fact, step, scope, from] as const)))(
    'a limit on %s that is not known decides on %s as the step allows',
    (fact, step, scope, from) => {
      const expected = stepsUpTo(from).slice(0, -1).includes(step) ? 'allow: grant' : 'needs fact: scope.unknown';
      expect(ask({ step, object: without(fact), actor: actor('lead') }, scoped(scope))).toBe(expected);
    },
  );

  test.each<[string, string, Exclusion[], Step, PolicyObject]>([
    ['a folder', 'deny: exclusion', [{ folders: ['mail'], reason: 'counsel' }], 'match', knownObject],
    [
      'a folder, written otherwise',
      'deny: exclusion',
      [{ folders: ['/Mail//2025/'], reason: 'counsel' }],
      'match',
      knownObject,
    ],
    [
      'a folder that only begins alike',
      'allow: grant',
      [{ folders: ['mai'], reason: 'counsel' }],
      'match',
      knownObject,
    ],
    [
      'a folder of an object whose path is not known',
      'needs fact: exclusion.unknown',
      [{ folders: ['mail'], reason: 'counsel' }],
      'match',
      without('path'),
    ],
    [
      'a folder before anything was listed',
      'allow: grant',
      [{ folders: ['mail'], reason: 'counsel' }],
      'hash',
      without('path'),
    ],
    [
      'a folder on another exhibit',
      'allow: grant',
      [{ sources: ['exhibit-4'], folders: ['mail'], reason: 'counsel' }],
      'match',
      without('path'),
    ],
    ['an exhibit', 'deny: exclusion', [{ sources: ['exhibit-3'], reason: 'returned' }], 'store', knownObject],
    ['an account', 'deny: exclusion', [{ accounts: ['alice@example.org'], reason: 'r' }], 'match', knownObject],
    ['an address', 'deny: exclusion', [{ addresses: ['192.0.2.7'], reason: 'r' }], 'match', knownObject],
    ['a class', 'deny: exclusion', [{ fileClasses: ['message'], reason: 'r' }], 'match', knownObject],
    ['a keyword', 'deny: exclusion', [{ keywords: ['beach'], reason: 'r' }], 'match', knownObject],
    ['a period', 'deny: exclusion', [{ periods, reason: 'r' }], 'match', knownObject],
    [
      'a period that a window only touches',
      'deny: exclusion',
      [{ periods, reason: 'r' }],
      'match',
      { ...knownObject, at: { from: instant('2025-06-30'), to: instant('2026-01-01') } },
    ],
    [
      'a period before a window',
      'allow: grant',
      [{ periods, reason: 'r' }],
      'match',
      { ...knownObject, at: { from: instant('2025-07-01'), to: instant('2026-01-01') } },
    ],
    [
      'two things of which one holds',
      'allow: grant',
      [{ accounts: ['bob@example.org'], folders: ['mail'], reason: 'r' }],
      'match',
      knownObject,
    ],
  ])('excludes %s: %s', (_, expected, exclusions, step, object) => {
    expect(ask({ step, object }, scoped({ exclusions }))).toBe(expected);
  });

  test('another authority that covers an excluded object stands on its own', () => {
    const excluding = scoped({ exclusions: [{ folders: ['mail'], reason: 'counsel' }] });
    expect(ask({}, excluding, warrant({ id: authorityId(2) }))).toBe('allow: grant');
  });
});

describe('people', () => {
  const roles = [
    [['lead'], 'allow: grant', 'allow: grant'],
    [['examiner'], 'allow: grant', 'deny: role'],
    [['oversight'], 'deny: role', 'deny: role'],
    [['filter'], 'deny: role', 'deny: role'],
    [['filter', 'lead'], 'deny: role', 'deny: role'],
    [[], 'deny: role', 'deny: role'],
  ] as const;
  test.each(roles)('with roles %j view and disclose: %s, %s', (names, view, disclose) => {
    expect(ask({ step: 'view', actor: actor(...names) }, warrant())).toBe(view);
    expect(ask({ step: 'disclose', actor: actor(...names) }, warrant())).toBe(disclose);
  });
  test('nobody views without saying who they are', () => {
    expect(ask({ step: 'view' }, warrant())).toBe('deny: role');
  });

  const privileged = (['claimed', 'withheld', 'released'] as const).flatMap((privilege) =>
    (['lead', 'examiner', 'filter'] as const).flatMap((role) =>
      (['match', 'open', 'view', 'disclose'] as const).map((step) => [privilege, role, step] as const),
    ),
  );
  const privilegeTable: Readonly<Record<string, string>> = {
    'claimed lead open': 'needs filter-team: privilege',
    'claimed lead view': 'needs filter-team: privilege',
    'claimed lead disclose': 'needs filter-team: privilege',
    'claimed examiner open': 'needs filter-team: privilege',
    'claimed examiner view': 'needs filter-team: privilege',
    'claimed examiner disclose': 'needs filter-team: privilege',
    'claimed filter disclose': 'needs filter-team: privilege',
    'withheld lead open': 'deny: privilege',
    'withheld lead view': 'deny: privilege',
    'withheld lead disclose': 'deny: privilege',
    'withheld examiner open': 'deny: privilege',
    'withheld examiner view': 'deny: privilege',
    'withheld examiner disclose': 'deny: privilege',
    'withheld filter disclose': 'deny: privilege',
    'released examiner disclose': 'deny: role',
    'released filter view': 'deny: role',
    'released filter disclose': 'deny: role',
  };
  test.each(privileged)('what is %s, for %s at %s', (privilege, role, step) => {
    const expected = privilegeTable[`${privilege} ${role} ${step}`] ?? 'allow: grant';
    expect(ask({ step, actor: actor(role), object: { ...knownObject, privilege } }, warrant())).toBe(expected);
  });

  test('a privilege term sends an object to the filter team, whichever authority of the case brought it', () => {
    const naming = scoped({ privilegeTerms: ['Counsel Example'] });
    const object = { ...knownObject, terms: ['counsel example'] };
    const other = warrant({ id: authorityId(2) });
    for (const one of [
      verified(naming),
      { ...verified(naming), end: { kind: 'revoked' as const, at: instant('2026-02-01'), by: 'x', reason: 'y' } },
    ]) {
      expect(ask({ step: 'view', object, actor: actor('lead') }, one, other)).toBe('needs filter-team: privilege');
      expect(ask({ step: 'view', object, actor: actor('filter') }, one, other)).toBe('allow: grant');
    }
    expect(ask({ step: 'view', object: without('terms'), actor: actor('lead') }, naming)).toBe(
      'needs fact: scope.unknown',
    );
    expect(ask({ step: 'open', object: without('terms') }, naming)).toBe('allow: grant');
  });

  test('a condition sends everything to the filter team first', () => {
    const filtered = warrant({ conditions: [{ kind: 'filter-team', steps: ['view'] }] });
    expect(ask({ step: 'view', actor: actor('lead') }, filtered)).toBe('needs filter-team: condition.filter-team');
    expect(ask({ step: 'view', actor: actor('filter') }, filtered)).toBe('allow: grant');
    const released = { ...knownObject, privilege: 'released' as const };
    expect(ask({ step: 'view', actor: actor('lead'), object: released }, filtered)).toBe('allow: grant');
  });

  test('a condition asks for a second person of the case, who is somebody else', () => {
    const together = warrant({
      conditions: [
        { kind: 'second-person', steps: ['open'] },
        { kind: 'place', text: 'At the lab.' },
      ],
    });
    const asks = { step: 'open', actor: actor('lead') } as const;
    expect(ask(asks, together)).toBe('needs second-person: condition.second-person');
    expect(ask({ ...asks, second: actor('lead') }, together)).toBe('needs second-person: condition.second-person');
    expect(ask({ ...asks, second: actor() }, together)).toBe('needs second-person: condition.second-person');
    expect(
      decide({ authorities: [verified(together)], freezes: [] }, question({ ...asks, second: actor('examiner') })),
    ).toMatchObject({ answer: 'allow', keepTo: ['At the lab.'] });
  });
});

describe('a freeze', () => {
  const extents: readonly Freeze['extent'][] = [
    { kind: 'case' },
    { kind: 'source', sourceId: 'exhibit-3' },
    { kind: 'item', itemRef: 'item-7' },
  ];
  const others: readonly Freeze['extent'][] = [
    { kind: 'source', sourceId: 'exhibit-4' },
    { kind: 'item', itemRef: 'item-8' },
  ];
  const freeze = (extent: Freeze['extent'], lift?: Freeze['lift']): Freeze => ({
    id: 'freeze-1',
    caseRef: 'case-1',
    extent,
    at: instant('2026-05-01'),
    by: 'staff-3',
    reason: 'another offence',
    ...(lift && { lift }),
  });
  const asked = (step: Step, frozen: Freeze, ...authorities: readonly Authority[]) =>
    answer(
      decide({ authorities: authorities.map(verified), freezes: [frozen] }, question({ step, actor: actor('lead') })),
    );

  test.each(extents.flatMap((extent) => steps.map((step) => [extent, step] as const)))(
    'of %j decides on %s',
    (extent, step) => {
      const expected = step === 'store' || step === 'hash' ? 'allow: grant' : 'needs authority: freeze';
      expect(asked(step, freeze(extent), warrant())).toBe(expected);
    },
  );
  test.each(others)('of %j leaves other things alone', (extent) => {
    expect(asked('view', freeze(extent), warrant())).toBe('allow: grant');
  });
  test('is lifted for the authority that lifted it and for no other', () => {
    const lifted = freeze({ kind: 'case' }, { authority: authorityId(2), at: instant('2026-05-02') });
    expect(asked('view', lifted, warrant())).toBe('needs authority: freeze');
    expect(asked('view', lifted, warrant(), warrant({ id: authorityId(2) }))).toBe('allow: grant');
    const later = freeze({ kind: 'case' }, { authority: authorityId(2), at: instant('2026-07-02') });
    expect(asked('view', later, warrant({ id: authorityId(2) }))).toBe('needs authority: freeze');
  });
});
