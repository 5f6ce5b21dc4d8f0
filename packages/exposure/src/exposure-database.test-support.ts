import { generateKeyPairSync, sign } from 'node:crypto';
import { type Clock, type Outcome, systemClock, toInstant, type UtcInstant } from '@tutela/core';
import { inTransaction, openScratchDatabase, runMigrations, type ScratchDatabase } from '@tutela/db';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import { approvalText, type PersonId, type RequestDigest } from '@tutela/policy';
import {
  addSite,
  installFirstPeople,
  keyFileId,
  policyCoveredTables,
  policyMigrations,
  readSite,
  recordApproval,
  requestPerson,
} from '@tutela/policy/postgres';
import { exposureCoveredTables, exposureMigrations } from './postgres/migrations.js';

export interface TestExposure {
  readonly scratch: ScratchDatabase;
  /** Moved by hand. */
  readonly clock: Clock & { readonly pass: (seconds: number) => void };
  readonly approve: (digest: string, person: string) => Promise<void>;
  /** What the check of the ledger finds. */
  readonly findings: () => Promise<readonly unknown[]>;
}

export const granted = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};

/** A database in which `lead-1`, `lead-2` and `lead-3` may ask and approve. */
export const openTestExposure = async (): Promise<TestExposure> => {
  const scratch = await openScratchDatabase();
  const { db } = scratch;
  await runMigrations(db, [ledgerMigrations, policyMigrations, exposureMigrations]);
  let now = Date.UTC(2026, 5, 1, 10);
  const clock = {
    now: (): UtcInstant => toInstant(new Date(now)),
    pass: (seconds: number): void => {
      now += seconds * 1000;
    },
  };
  const keys = new Map(['lead-1', 'lead-2', 'lead-3'].map((name) => [name, generateKeyPairSync('ed25519')] as const));
  const publicKeyOf = (name: string): string =>
    keys.get(name)?.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url') ?? '';
  const newPerson = (name: string) => ({ id: name as PersonId, name: `Person ${name}`, publicKey: publicKeyOf(name) });
  const approve = async (digest: string, name: string): Promise<void> => {
    const [request, person] = [digest as RequestDigest, name as PersonId];
    const key = keys.get(name)?.privateKey;
    if (key === undefined) throw new Error(`${name} has no key`);
    const signature = sign(null, approvalText(request, person), key).toString('base64url');
    const credentialId = await keyFileId(publicKeyOf(name));
    const facts = { v: 1, method: 'ed25519', request, person, at: clock.now(), credentialId, signature } as const;
    const site = await readSite(db);
    granted(await inTransaction(db, (tx) => recordApproval(tx, site, facts)));
  };
  const third = await inTransaction(db, async (tx) => {
    const by = { by: 'operator', at: clock.now() };
    granted(await installFirstPeople(tx, [newPerson('lead-1'), newPerson('lead-2')], by));
    await addSite(tx, { origin: 'http://localhost:8642', ...by });
    const asked = { requestedBy: 'lead-1' as PersonId, reason: 'joins', at: clock.now() };
    return granted(await requestPerson(tx, newPerson('lead-3'), asked));
  });
  await approve(third.digest, 'lead-2');
  const signer = signerFromPem('test.example/ledger', newSigningKeyPem());
  return {
    scratch,
    clock,
    approve,
    findings: async () => {
      granted(await sequence(db, { signer, clock: systemClock }));
      const publicKeys = [noteKey(nodeHasher, signer.name, signer.publicKey)];
      const coveredTables = [...policyCoveredTables, ...exposureCoveredTables];
      return (await checkLedger(db, { publicKeys, coveredTables })).findings;
    },
  };
};
