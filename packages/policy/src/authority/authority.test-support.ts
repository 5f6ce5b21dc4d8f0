import type { UtcInstant } from '@tutela/core';
import type { PersonId } from '../approval/person.js';
import type { Authority, AuthorityId, AuthorityRecord } from './authority.js';
import type { Actor, PolicyObject, Question, Role } from './decision.js';
import type { Scope } from './scope.js';
import { stepsUpTo } from './step.js';

export const instant = (text: string) => `${text}T00:00:00.000Z` as UtcInstant;
export const authorityId = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}` as AuthorityId;
export const person = (name: string) => name as PersonId;
export const actor = (...roles: readonly Role[]): Actor => ({
  id: person(`staff-${roles.join('-') || 'none'}`),
  roles,
});

export const everything: Scope = {
  sources: 'any',
  accounts: 'any',
  addresses: 'any',
  periods: 'any',
  fileClasses: 'any',
  keywords: 'any',
  exclusions: [],
  privilegeTerms: [],
};

/** In force in 2026, entered on 1 January. */
export const warrant = (changes: Partial<Authority> = {}): Authority => ({
  v: 1,
  id: authorityId(1),
  version: 1,
  caseRef: 'case-1',
  kind: 'warrant',
  issuedBy: 'Ontario Court of Justice, Toronto',
  fileNumber: '26-1042',
  statute: 'Criminal Code s. 487',
  offence: 'Criminal Code s. 163.1(4)',
  issuedAt: instant('2026-01-01'),
  from: instant('2026-01-01'),
  to: instant('2027-01-01'),
  operativeText: 'To search the devices seized for evidence of the offence.',
  documentSha256: '0'.repeat(64),
  sealed: 'open',
  scope: everything,
  grants: stepsUpTo('disclose'),
  conditions: [],
  secretReuse: { kind: 'own' },
  enteredBy: person('staff-1'),
  enteredAt: instant('2026-01-01'),
  ...changes,
});

export const verified = (authority: Authority): AuthorityRecord => ({
  authority,
  verification: { by: [person('staff-2')], at: authority.enteredAt },
});

/** An object whose every fact is known. */
export const knownObject: PolicyObject = {
  sourceId: 'exhibit-3',
  itemRef: 'item-7',
  path: 'mail/2025/04.eml',
  account: 'alice@example.org',
  address: '192.0.2.7',
  at: instant('2025-04-01'),
  fileClass: 'message',
  terms: ['beach'],
};

export const question = (changes: Partial<Question> = {}): Question => ({
  caseRef: 'case-1',
  step: 'match',
  object: knownObject,
  at: instant('2026-06-01'),
  ...changes,
});
