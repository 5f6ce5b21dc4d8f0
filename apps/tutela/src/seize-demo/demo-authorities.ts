import { createHash } from 'node:crypto';
import { systemClock, toInstant, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { type Authority, type AuthorityId, stepsUpTo } from '@tutela/policy';
import { activeAuthorities, enterAuthority, readSite, recordApproval } from '@tutela/policy/postgres';
import { granted } from '../policy/refusals.js';
import { signedApproval } from '../policy/signed-approval.js';
import type { DemoPeople } from './demo-people.js';

/** The two authorities of the demonstration, entered by one person and verified by another. */
export interface DemoAuthorities {
  readonly warrant: AuthorityId;
  readonly order: AuthorityId;
}

const ids = {
  warrant: '5e120e00-0000-4000-8000-000000000001' as AuthorityId,
  order: '5e120e00-0000-4000-8000-000000000002' as AuthorityId,
};
const day = 86_400_000;
const year2013 = { from: '2013-01-01T00:00:00.000Z' as UtcInstant, to: '2014-01-01T00:00:00.000Z' as UtcInstant };

/** @param excluded the customer whose folders no authority covers, and whose rows are covered for 2013 alone */
export const demoAuthorities = async (
  db: Db,
  caseRef: string,
  { enters, verifies }: DemoPeople,
  excluded: string,
): Promise<DemoAuthorities> => {
  const standing = new Set((await activeAuthorities(db, caseRef, systemClock.now())).map(({ id }) => id));
  for (const authority of [warrantOf(caseRef, excluded, enters.person), orderOf(caseRef, excluded, enters.person)]) {
    if (standing.has(authority.id)) continue;
    const { digest } = granted(await inTransaction(db, (tx) => enterAuthority(tx, authority)));
    const signed = await signedApproval(verifies, digest);
    granted(await inTransaction(db, async (tx) => recordApproval(tx, await readSite(tx), signed)));
  }
  return ids;
};

const warrantOf = (caseRef: string, excluded: string, enteredBy: Authority['enteredBy']): Authority => {
  const reason = `Cleared by the court: the customer ${excluded}`;
  const exclusions = [
    { folders: [`storage/${excluded}`], reason },
    // Files that name no one customer are read row by row.
    { folders: ['server'], accounts: [excluded], reason },
  ];
  const operativeText = `To search the servers of the storage provider, but for the folders and records of ${excluded}.`;
  return {
    ...common(caseRef, enteredBy, operativeText),
    id: ids.warrant,
    fileNumber: '15-0042',
    scope: { ...everything, exclusions },
  };
};

const orderOf = (caseRef: string, excluded: string, enteredBy: Authority['enteredBy']): Authority => {
  const exclusions = [{ folders: [`storage/${excluded}`], reason: 'Records of the provider alone' }];
  const operativeText = `To read what the provider recorded of ${excluded} in 2013.`;
  return {
    ...common(caseRef, enteredBy, operativeText),
    id: ids.order,
    kind: 'production-order',
    fileNumber: '15-0107',
    scope: { ...everything, accounts: [excluded], periods: [year2013], exclusions },
  };
};

const everything: Authority['scope'] = {
  sources: 'any',
  accounts: 'any',
  addresses: 'any',
  periods: 'any',
  fileClasses: 'any',
  keywords: 'any',
  exclusions: [],
  privilegeTerms: [],
};

const common = (caseRef: string, enteredBy: Authority['enteredBy'], operativeText: string) => {
  const now = Date.now();
  return {
    v: 1,
    version: 1,
    caseRef,
    kind: 'warrant',
    issuedBy: 'Demonstration court',
    statute: 'Criminal Code s. 487',
    offence: 'Criminal Code s. 163.1(3)',
    issuedAt: toInstant(new Date(now - day)),
    from: toInstant(new Date(now - day)),
    to: toInstant(new Date(now + 365 * day)),
    operativeText,
    documentSha256: createHash('sha256').update(operativeText).digest('hex'),
    sealed: 'open',
    grants: stepsUpTo('open'),
    conditions: [],
    secretReuse: { kind: 'own' },
    enteredBy,
    enteredAt: toInstant(new Date(now)),
  } satisfies Omit<Authority, 'id' | 'fileNumber' | 'scope'>;
};
