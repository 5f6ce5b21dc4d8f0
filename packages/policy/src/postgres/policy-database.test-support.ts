import { generateKeyPairSync, sign } from 'node:crypto';
import { type Outcome, systemClock, toInstant, type UtcInstant } from '@tutela/core';
import { type Db, inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase, type Tx } from '@tutela/db';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, type Finding, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import { softwareAuthenticator } from '@tutela/testkit';
import { approvalText, type Ed25519Approval, type Refusal, refusalText } from '../approval/approval.js';
import type { PersonId } from '../approval/person.js';
import type { RequestDigest } from '../approval/request.js';
import { finishApproval } from './approve-with-passkey.js';
import { policyCoveredTables, policyMigrations } from './migrations.js';
import { installFirstPeople, keyFileId, type NewPerson } from './people.js';
import { recordApproval } from './record-approval.js';
import { beginRegistration, finishRegistration } from './register-passkey.js';

export const site = { origins: ['http://localhost:8642'], rpId: 'localhost' } as const;
const origin = site.origins[0];

/** Moments of the tests: minutes from 1 June 2026, 10:00. */
export const minute = (count: number): UtcInstant => toInstant(new Date(Date.UTC(2026, 5, 1, 10, count)));
export const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};
export const codeOf = (outcome: Outcome<unknown>): string => (outcome.kind === 'done' ? 'done' : outcome.reason.code);

/** Somebody with a key file and a passkey. */
export interface TestPerson {
  readonly id: PersonId;
  readonly newPerson: NewPerson;
  readonly passkey: ReturnType<typeof softwareAuthenticator>;
  readonly approval: (digest: RequestDigest, at: UtcInstant) => Promise<Ed25519Approval>;
  readonly refusal: (digest: RequestDigest, at: UtcInstant, reason: string) => Promise<Refusal>;
}

export const testPerson = (name: string): TestPerson => {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64url');
  const id = name as PersonId;
  const signed =
    (textOf: typeof approvalText) =>
    async (request: RequestDigest, at: UtcInstant): Promise<Ed25519Approval> => {
      const signature = sign(null, textOf(request, id), privateKey).toString('base64url');
      return { v: 1, method: 'ed25519', request, person: id, at, credentialId: await keyFileId(publicKey), signature };
    };
  return {
    id,
    newPerson: { id, name: `Officer ${name}`, publicKey },
    passkey: softwareAuthenticator(),
    approval: signed(approvalText),
    refusal: async (digest, at, reason) => ({
      ...(await signed((request, person) => refusalText(request, person, reason))(digest, at)),
      reason,
    }),
  };
};

export interface TestPolicy {
  readonly db: Db;
  readonly scratch: ScratchDatabase;
  readonly one: TestPerson;
  readonly two: TestPerson;
  readonly act: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly approve: (digest: RequestDigest, person: TestPerson, at: UtcInstant) => Promise<string>;
  readonly approveWithPasskey: (digest: RequestDigest, person: TestPerson, at: UtcInstant) => Promise<string>;
  /** Registers the passkey of a person; `approver` approves it. */
  readonly addPasskey: (person: TestPerson, approver: TestPerson, at: UtcInstant) => Promise<void>;
  /** What the check of the ledger finds. */
  readonly findings: () => Promise<readonly Finding[]>;
}

/** A database with `staff-1` and `staff-2` installed at minute 0. */
export const openTestPolicy = async (): Promise<TestPolicy> => {
  const scratch = await openScratchDatabase();
  const { db } = scratch;
  await runMigrations(db, [ledgerMigrations, policyMigrations]);
  const [one, two] = [testPerson('staff-1'), testPerson('staff-2')];
  const act = <T>(doIt: (tx: Tx) => Promise<T>) => inTransaction(db, doIt);
  value(await act((tx) => installFirstPeople(tx, [one.newPerson, two.newPerson], { by: 'operator', at: minute(0) })));
  const approve = async (digest: RequestDigest, person: TestPerson, at: UtcInstant) => {
    const approval = await person.approval(digest, at);
    return codeOf(await act((tx) => recordApproval(tx, site, approval)));
  };
  const signer = signerFromPem('test.example/ledger', newSigningKeyPem());
  return {
    db,
    scratch,
    one,
    two,
    act,
    approve,
    approveWithPasskey: async (digest, person, at) => {
      const challenge = Buffer.from(digest, 'hex').toString('base64url');
      const response = person.passkey.assert({ challenge, rpId: site.rpId }, { origin });
      return codeOf(await act((tx) => finishApproval(tx, site, { digest, response, at })));
    },
    addPasskey: async (person, approver, at) => {
      const options = value(await act((tx) => beginRegistration(tx, site, { person: person.id, at })));
      const response = person.passkey.register(options, { origin });
      const { digest } = value(await act((tx) => finishRegistration(tx, site, { response, at })));
      if ((await approve(digest, approver, at)) !== 'done') throw new Error('the passkey was not approved');
    },
    findings: async () => {
      const sequenced = await sequence(db, { signer, clock: systemClock });
      if (sequenced.kind !== 'done') throw new Error(sequenced.reason.message);
      const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
      return (await checkLedger(db, { publicKeys, coveredTables: policyCoveredTables })).findings;
    },
  };
};
