import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Clock, type JsonObject, type Outcome, systemClock } from '@tutela/core';
import { type Db, inTransaction, openScratchDatabase, runMigrations } from '@tutela/db';
import { type LogPolicy, noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { appendEvent, ledgerMigrations, sequence } from '@tutela/ledger/postgres';
import type { Ed25519Approval } from '@tutela/policy';
import { approvalText, type PersonId, type RequestDigest } from '@tutela/policy/approval';
import {
  installFirstPeople,
  keyFileId,
  policyMigrations,
  recordApproval,
  requestApproval,
  requestPerson,
} from '@tutela/policy/postgres';
import type { ExportContent, ExportRecipient } from '../format/index.js';
import type { CaseMaterial } from '../material/case-material.js';
import { evidenceMigrations } from '../postgres/migrations.js';
import { type PackageLedgerDeps, postgresPackageLedger } from '../postgres/package-ledger.js';
import type { VerifierFiles } from './write-contents.js';
import type { PackageDeps } from './write-package.js';

export const site = { origins: ['http://localhost:8642'], rpId: 'localhost' } as const;

export const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};

/** Stand in for the built verifier where a test does not run it. */
export const verifierStub: VerifierFiles = {
  mjs: Buffer.from('// verifier\n'),
  html: Buffer.from('<!doctype html>\n'),
};

interface Person {
  readonly id: PersonId;
  readonly publicKey: string;
  readonly approval: (request: RequestDigest) => Promise<Ed25519Approval>;
}

const person = (id: string): Person => {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519');
  const publicKey = key.export({ type: 'spki', format: 'der' }).toString('base64url');
  return {
    id: id as PersonId,
    publicKey,
    approval: async (request) => ({
      v: 1,
      method: 'ed25519',
      request,
      person: id as PersonId,
      at: systemClock.now(),
      credentialId: await keyFileId(publicKey),
      signature: sign(null, approvalText(request, id as PersonId), privateKey).toString('base64url'),
    }),
  };
};

export const contentOf = (
  material: CaseMaterial,
  name: string,
  more: Partial<Pick<ExportContent, 'recipients' | 'exclusions'>> = {},
): ExportContent => ({
  package: name,
  case: material.case.ref,
  recipients: [] as readonly ExportRecipient[],
  exclusions: [],
  events: 'all',
  ...more,
  items: material.items.map(({ id, as, digests, bytes }) => ({ id, as, sha256: digests.sha256, bytes: String(bytes) })),
});

/** A database with ledger, policy and evidence; three people; a case with events; a folder for packages. */
export const openPackageGround = async () => {
  const scratch = await openScratchDatabase();
  const { db } = scratch;
  await runMigrations(db, [ledgerMigrations, policyMigrations, evidenceMigrations]);
  const pem = newSigningKeyPem();
  const signer = signerFromPem('agency.example/evidence', pem);
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-package-'));
  const people = [person('staff-3'), person('staff-5'), person('staff-6')] as const;
  await enrol(db, people);
  const key = noteKey(nodeHasher, signer.name, signer.publicKey);
  const policy: LogPolicy = { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' };

  const approve = async (request: RequestDigest, ...by: readonly Person[]): Promise<void> => {
    for (const each of by) {
      const approval = await each.approval(request);
      value(await inTransaction(db, (tx) => recordApproval(tx, site, approval)));
    }
  };
  /** @returns the digest of a request of `staff-3` that so many others have approved */
  const request = async (content: ExportContent, approvals = 2): Promise<RequestDigest> => {
    const asked = {
      action: 'package.export',
      caseRef: content.case,
      requestedBy: people[0].id,
      reason: 'for the court',
    };
    const opened = await inTransaction(db, (tx) =>
      requestApproval(tx, { ...asked, content: content as unknown as JsonObject, at: systemClock.now() }),
    );
    const { digest } = value(opened);
    await approve(digest, ...people.slice(1, 1 + approvals));
    return digest;
  };
  const happen = async (caseRef: string, times: number): Promise<void> => {
    for (let at = 0; at < times; at++) {
      await inTransaction(db, async (tx) => {
        const event = { type: 'case.acted', actor: 'staff-4', at: systemClock.now(), subjects: [`thing-${at}`] };
        await appendEvent(tx, { ...event, payload: { did: at, who: 'somebody else' }, effects: [] });
        await appendEvent(tx, { ...event, payload: { did: at, text: 'ñandutí' }, effects: [], caseRef });
      });
    }
  };
  const sequenceAll = async (): Promise<void> => {
    for (;;) {
      const turn = await sequence(db, { signer, clock: systemClock });
      if (turn.kind !== 'done' || turn.value.left === 'drained') return;
    }
  };
  const deps = (more: Partial<PackageDeps> = {}, ledger: Partial<PackageLedgerDeps> = {}): PackageDeps => {
    const clock: Clock = systemClock;
    return {
      ledger: postgresPackageLedger({
        db,
        clock,
        site,
        policy,
        timeAuthorities: [],
        waits: { checkpoint: 5000, witnesses: 500, timeAuthority: 5000 },
        wake: () => void sequenceAll().catch(() => undefined),
        ...ledger,
      }),
      clock,
      folder,
      software: { name: 'tutela', version: '0.1.0' },
      verifier: verifierStub,
      by: 'staff-3',
      whenProofIsMissing: 'write',
      ...more,
    };
  };
  const close = async (): Promise<void> => {
    await scratch.close();
    await rm(folder, { recursive: true });
  };
  return { db, url: scratch.url, pem, key, signer, folder, policy, request, approve, happen, sequenceAll, deps, close };
};

export type PackageGround = Awaited<ReturnType<typeof openPackageGround>>;

/** The first two are there by installation, everybody after them by the approval of one who is. */
const enrol = async (db: Db, [one, two, ...others]: readonly [Person, Person, ...Person[]]): Promise<void> => {
  const named = ({ id, publicKey }: Person) => ({ id, publicKey, name: `Officer ${id}` });
  const by = { by: 'operator', at: systemClock.now() };
  value(await inTransaction(db, (tx) => installFirstPeople(tx, [named(one), named(two)], by)));
  for (const other of others) {
    const asking = { requestedBy: one.id, reason: 'new here', at: systemClock.now() };
    const { digest } = value(await inTransaction(db, (tx) => requestPerson(tx, named(other), asking)));
    const approval = await two.approval(digest);
    value(await inTransaction(db, (tx) => recordApproval(tx, site, approval)));
  }
};
