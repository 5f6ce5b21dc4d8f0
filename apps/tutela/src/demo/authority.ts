import { createHash } from 'node:crypto';
import { systemClock, toInstant } from '@tutela/core';
import type { Authority, AuthorityId, PersonId } from '@tutela/policy';

/** Of no court. */
const document = 'This order is part of a demonstration and was issued by nobody.\n';
const days = 86_400_000;

interface DemoAuthority extends Pick<Authority, 'caseRef' | 'kind' | 'fileNumber' | 'grants'> {
  /** What is not limited here is not limited. */
  readonly scope: Partial<Authority['scope']>;
  readonly by: PersonId;
}

/** An authority of the demonstration, from now on for a month; to be approved by somebody other than `by`. */
export const demoAuthority = ({ caseRef, kind, fileNumber, grants, scope, by }: DemoAuthority): Authority => {
  const at = systemClock.now();
  return {
    v: 1,
    id: crypto.randomUUID() as string as AuthorityId,
    version: 1,
    caseRef,
    kind,
    issuedBy: 'no court: a demonstration',
    fileNumber,
    statute: 'none',
    offence: 'none: a demonstration',
    issuedAt: at,
    from: at,
    to: toInstant(new Date(Date.parse(at) + 30 * days)),
    operativeText: document.trim(),
    documentSha256: createHash('sha256').update(document).digest('hex'),
    sealed: 'open',
    scope: {
      sources: 'any',
      accounts: 'any',
      addresses: 'any',
      periods: 'any',
      fileClasses: 'any',
      keywords: 'any',
      exclusions: [],
      privilegeTerms: [],
      ...scope,
    },
    grants,
    conditions: [],
    secretReuse: { kind: 'own' },
    enteredBy: by,
    enteredAt: at,
  };
};
