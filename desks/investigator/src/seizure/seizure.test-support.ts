import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Outcome, systemClock, toInstant, type UtcInstant } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase, type Tx } from '@tutela/db';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import {
  type Approval,
  type Authority,
  type AuthorityId,
  approvalText,
  type PersonId,
  type RequestDigest,
  stepsUpTo,
} from '@tutela/policy';
import {
  endAuthority,
  enterAuthority,
  installFirstPeople,
  keyFileId,
  policyMigrations,
  recordApproval,
} from '@tutela/policy/postgres';
import { openCase } from '../case/cases.js';
import { recordExhibit } from '../case/exhibits.js';
import { investigatorCoveredTables, investigatorMigrations } from '../desk.js';

export const caseRef = 'case-1';
const site = { origins: ['http://localhost:8642'], rpId: 'localhost' };

export const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};
const ago = (minutes: number): UtcInstant => toInstant(new Date(Date.now() - minutes * 60_000));
export const by = () => ({ by: 'staff-1', at: systemClock.now() });

export interface SeizureGround {
  readonly database: ScratchDatabase;
  /** A folder to seize; removed with the ground. */
  readonly folder: string;
  readonly act: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;
  /** `staff-2` approves what was put up. */
  readonly approve: (digest: string) => Promise<void>;
  /** Enters an authority and has it verified by a second person. */
  readonly authorise: (changes: Partial<Authority>) => Promise<AuthorityId>;
  readonly revoke: (id: AuthorityId) => Promise<void>;
  /** What the check of the ledger finds. */
  readonly findings: () => Promise<readonly unknown[]>;
  readonly close: () => Promise<void>;
}

const newPerson = (name: string) => {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64url');
  return { id: name as PersonId, name: `Officer ${name}`, publicKey, privateKey };
};

/** A database with a case, an exhibit and two people. */
export const openSeizureGround = async (): Promise<SeizureGround> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-seizure-'));
  const database = await openScratchDatabase();
  const act = <T>(doIt: (tx: Tx) => Promise<T>) => inTransaction(database.db, doIt);
  await runMigrations(database.db, [ledgerMigrations, policyMigrations, investigatorMigrations]);
  const [one, two] = [newPerson('staff-1'), newPerson('staff-2')];
  value(await act((tx) => installFirstPeople(tx, [one, two], { by: 'operator', at: ago(60) })));
  value(await act((tx) => openCase(tx, { caseRef, title: 'Storage provider', by: 'staff-1', at: ago(50) })));
  const exhibit = { caseRef, number: '3', description: 'Server, rack 7' };
  value(await act((tx) => recordExhibit(tx, exhibit, { by: 'staff-1', at: ago(50) })));
  const signer = signerFromPem('test.example/ledger', newSigningKeyPem());
  const approve = async (digest: string): Promise<void> => {
    const request = digest as RequestDigest;
    const credentialId = await keyFileId(two.publicKey);
    const signature = sign(null, approvalText(request, two.id), two.privateKey).toString('base64url');
    const given = { v: 1, method: 'ed25519', request, person: two.id, at: systemClock.now(), credentialId, signature };
    value(await act((tx) => recordApproval(tx, site, given as Approval)));
  };
  return {
    database,
    folder,
    act,
    approve,
    authorise: async (changes) => {
      const authority = warrant(changes);
      const { digest } = value(await act((tx) => enterAuthority(tx, authority)));
      await approve(digest);
      return authority.id;
    },
    revoke: async (id) => void value(await act((tx) => endAuthority(tx, id, { ...by(), reason: 'quashed' }))),
    findings: async () => {
      value(await sequence(database.db, { signer, clock: systemClock }));
      const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
      return (await checkLedger(database.db, { publicKeys, coveredTables: investigatorCoveredTables })).findings;
    },
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const warrant = (changes: Partial<Authority>): Authority => ({
  v: 1,
  id: randomUUID() as unknown as AuthorityId,
  version: 1,
  caseRef,
  kind: 'warrant',
  issuedBy: 'Ontario Court of Justice, Toronto',
  fileNumber: '26-1042',
  statute: 'Criminal Code s. 487',
  offence: 'Criminal Code s. 163.1(4)',
  issuedAt: ago(40),
  from: ago(40),
  to: toInstant(new Date(Date.now() + 86_400_000)),
  operativeText: 'To search the devices seized for evidence of the offence.',
  documentSha256: '0'.repeat(64),
  sealed: 'open',
  grants: stepsUpTo('match'),
  conditions: [],
  secretReuse: { kind: 'own' },
  enteredBy: 'staff-1' as PersonId,
  enteredAt: ago(1),
  ...changes,
  scope: changes.scope ?? everything,
});

export const everything: Authority['scope'] = {
  sources: 'any',
  accounts: 'any',
  addresses: 'any',
  periods: 'any',
  fileClasses: 'any',
  keywords: 'any',
  exclusions: [],
  privilegeTerms: [],
};
