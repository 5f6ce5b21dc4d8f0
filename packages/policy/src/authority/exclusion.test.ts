import { expect, test } from 'vitest';
import { instant, knownObject, question, verified, warrant } from './authority.test-support.js';
import { decide } from './decide.js';
import type { PolicyObject } from './decision.js';
import type { Exclusion } from './scope.js';

/** What an authority that covers all but this says of an object. */
const ask = (exclusion: Omit<Exclusion, 'reason'>, object: Partial<PolicyObject>): string => {
  const { scope } = warrant();
  const authority = warrant({ scope: { ...scope, exclusions: [{ ...exclusion, reason: 'counsel' }] } });
  const grounds = { authorities: [verified(authority)], freezes: [] };
  const decision = decide(grounds, question({ object: { ...knownObject, ...object } }));
  return decision.answer === 'needs' ? `needs ${decision.need}` : decision.answer;
};

test.each([
  ['as it stands', 'mail/counsel', 'mail/counsel/1.eml', 'deny'],
  ['through the folder it is in', 'mail/counsel', 'mail/./counsel/1.eml', 'deny'],
  ['from where one is', 'mail/counsel', './mail/counsel/1.eml', 'deny'],
  ['with two separators', 'mail/counsel', '//mail//counsel//1.eml', 'deny'],
  ['with the separators of Windows', 'mail/counsel', 'mail\\.\\counsel\\1.eml', 'deny'],
  ['itself, as a folder', 'mail/counsel/', 'mail/counsel', 'deny'],
  ['in capitals that have two small letters', 'ΟΔΟΣ', 'οδοσ/1.eml', 'deny'],
  ['with a long s', 'cases', 'caſes/1.eml', 'deny'],
  ['composed otherwise', 'café', 'cafe\u0301/1.eml', 'deny'],
  ['beside it', 'mail/counsel', 'mail/counsel2/1.eml', 'allow'],
  ['by way of another folder', 'mail/counsel', 'mail/x/../counsel/1.eml', 'needs fact'],
  ['by way of what is above', 'mail/counsel', '../mail/counsel/1.eml', 'needs fact'],
  ['of the whole source', '/', 'mail/1.eml', 'deny'],
  ['of the whole source, from where one is', './', 'mail/1.eml', 'deny'],
])('a path %s: folder %j, object %j: %s', (_, folder, path, answer) => {
  expect(ask({ folders: [folder] }, { path })).toBe(answer);
});

test('a folder that climbs excludes what it may name', () => {
  expect(ask({ folders: ['mail/../counsel'] }, { path: 'counsel/1.eml' })).toBe('needs fact');
});

test('an account is the same however its letters are composed', () => {
  expect(ask({ accounts: ['rené'] }, { account: 'rene\u0301' })).toBe('deny');
});

test('a window that ends before it begins says nothing of when', () => {
  const at = { from: instant('2030-01-01'), to: instant('2020-01-01') };
  expect(ask({ periods: [{ from: instant('2025-01-01'), to: instant('2026-01-01') }] }, { at })).toBe('needs fact');
});

test.each([
  ['192.0.2.0/24', '::ffff:192.0.2.7', 'deny'],
  ['::ffff:192.0.2.0/120', '192.0.2.7', 'deny'],
  ['::ffff:c000:200/120', '::ffff:192.0.2.7', 'deny'],
  ['192.0.2.0/24', '192.0.2.007', 'needs fact'],
  ['192.0.2.0/24', '3221225991', 'needs fact'],
  ['2001:db8::/32', '2001:0DB8::1', 'deny'],
  ['2001:db8::/32', '2001:db8::1%eth0', 'needs fact'],
])('the prefix %s and the address %s: %s', (prefix, address, answer) => {
  expect(ask({ addresses: [prefix] }, { address })).toBe(answer);
});
