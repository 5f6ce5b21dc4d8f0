import { expect, test } from 'vitest';
import type { Authority, AuthorityRecord } from './authority.js';
import { authorityId, instant, verified, warrant } from './authority.test-support.js';
import { decideSecretReuse } from './secret-reuse.js';

const [one, two] = [authorityId(1), authorityId(2)];
const also = { kind: 'also', authorities: [two] } as const;
const asked = (records: readonly AuthorityRecord[], foundUnder = one, triedUnder = two): string => {
  const decision = decideSecretReuse(records, { foundUnder, triedUnder, at: instant('2026-06-01') });
  return decision.answer === 'allow' ? decision.rule : decision.detail;
};
const records = (found: Partial<Authority> = {}, tried: Partial<Authority> = {}): readonly AuthorityRecord[] => [
  verified(warrant(found)),
  verified(warrant({ id: two, ...tried })),
];

test.each<[string, string, readonly AuthorityRecord[]]>([
  ['nothing was said', 'not-stated', records()],
  ['its authority says so', 'secret.reuse', records({ secretReuse: also })],
  [
    'another authority is named',
    'not-stated',
    records({ secretReuse: { kind: 'also', authorities: [authorityId(3)] } }),
  ],
  ['the other one says so', 'not-stated', records({}, { secretReuse: { kind: 'also', authorities: [one] } })],
  ['the other one grants no attempt', 'attempt-not-granted', records({ secretReuse: also }, { grants: ['open'] })],
  ['its authority has expired', 'found-under-not-in-force', records({ secretReuse: also, to: instant('2026-05-01') })],
  [
    'the other one has expired',
    'tried-under-not-in-force',
    records({ secretReuse: also }, { to: instant('2026-05-01') }),
  ],
  [
    'nobody verified what it says',
    'found-under-not-in-force',
    [{ authority: warrant({ secretReuse: also }) }, verified(warrant({ id: two }))],
  ],
])('a password is tried under another authority when %s: %s', (_, expected, given) => {
  expect(asked(given)).toBe(expected);
});

test('a password is tried where it was found', () => {
  expect(asked(records(), one, one)).toBe('secret.own');
});
