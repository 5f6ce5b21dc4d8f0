import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Outcome, systemClock, toInstant } from '@tutela/core';
import { inTransaction, runMigrations } from '@tutela/db';
import type { Job } from '@tutela/engine';
import { evidenceCoveredTables, evidenceMigrations } from '@tutela/evidence/postgres';
import { noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { checkLedger, sealingDatabase, sequence } from '@tutela/ledger/postgres';
import { approvalText, type Ed25519Approval, type PersonId, type RequestDigest, stepsUpTo } from '@tutela/policy';
import {
  addSite,
  enterAuthority,
  installFirstPeople,
  keyFileId,
  policyCoveredTables,
  readSite,
  recordApproval,
  requestPerson,
  requestRole,
} from '@tutela/policy/postgres';
import { openFileInstallationKey, openFolderCaseKeys, openFolderStore, openKeyring, openVault } from '@tutela/vault';
import { sealOfCase, unsealOpenings } from '@tutela/vault/postgres';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addReportToCase, openCase } from '../case/cases.js';
import { investigatorCoveredTables } from '../desk.js';
import { openGround } from '../open-desk.test-support.js';
import { documentOf } from '../report.test-support.js';
import type { ReportId } from '../schema.js';
import { openPackages, type PackingDeps } from './index.js';

const value = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(`${outcome.reason.code}: ${outcome.reason.message}`);
  return outcome.value;
};

const person = (id: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
  const approval = async (request: RequestDigest): Promise<Ed25519Approval> => ({
    v: 1,
    method: 'ed25519',
    request,
    person: id as PersonId,
    at: systemClock.now(),
    credentialId: await keyFileId(spki),
    signature: sign(null, approvalText(request, id as PersonId), privateKey).toString('base64url'),
  });
  return { id: id as PersonId, name: id, publicKey: spki, approval };
};

const caseRef = 'OPP-26-1042';

const openPackingGround = async () => {
  const ground = await openGround();
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-packages-'));
  const plain = ground.database.db;
  await runMigrations(plain, [evidenceMigrations]);
  const keys = await openFolderCaseKeys(path.join(folder, 'keys'));
  const installationKeys = await openFileInstallationKey(path.join(folder, 'installation-key'));
  const keyring = openKeyring({ keys, installationKeys });
  const store = await openFolderStore(path.join(folder, 'store'));
  const db = sealingDatabase(plain, sealOfCase(keyring));
  const signer = signerFromPem('investigator.example/ledger', newSigningKeyPem());
  const key = noteKey(nodeHasher, signer.name, signer.publicKey);
  const jobs: Job[] = [];
  const packing = (more: Partial<PackingDeps> = {}) =>
    openPackages({
      db,
      clock: systemClock,
      deliveries: ground.vault,
      cases: openVault({ store, keyring }),
      engine: () => ({
        start: async (_tx, job) => void jobs.push(job),
        cancel: async () => undefined,
        status: async () => 'unknown',
        close: async () => undefined,
      }),
      folder: path.join(folder, 'packages'),
      agency: 'Unit 7',
      software: { name: 'tutela', version: '0.1.0' },
      policy: { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' },
      timeAuthorities: () => [],
      waits: { checkpoint: 10_000, witnesses: 0, timeAuthority: 0 },
      sequence: () => sequence(db, { signer, clock: systemClock }),
      unseal: () => unsealOpenings(keyring),
      log: () => undefined,
      ...more,
    });
  await mkdir(path.join(folder, 'packages'));
  const people = [person('staff-1'), person('staff-2'), person('staff-3')] as const;
  const approve = async (request: RequestDigest, ...by: readonly (typeof people)[number][]) => {
    for (const each of by) {
      const approval = await each.approval(request);
      value(await inTransaction(db, async (tx) => recordApproval(tx, await readSite(tx), approval)));
    }
  };
  const at = () => systemClock.now();
  const [lead, second, third] = people;
  await inTransaction(db, (tx) => addSite(tx, { origin: 'http://localhost:8642', by: 'tutela', at: at() }));
  value(await inTransaction(db, (tx) => installFirstPeople(tx, [lead, second], { by: 'operator', at: at() })));
  const asking = { requestedBy: lead.id, reason: 'test' };
  await approve(
    value(await inTransaction(db, (tx) => requestPerson(tx, third, { ...asking, at: at() }))).digest,
    second,
  );
  value(await inTransaction(db, (tx) => openCase(tx, { caseRef, title: 'Storage provider', by: lead.id, at: at() })));
  const { report } = value(await ground.importBytes(documentOf(1)));
  const reportId = report.summary.reportId as ReportId;
  value(await inTransaction(db, (tx) => addReportToCase(tx, { caseRef, reportId, by: lead.id, at: at() })));
  const authorise = async () => {
    const role = { caseRef, person: lead.id, role: 'lead' } as const;
    await approve(
      value(await inTransaction(db, (tx) => requestRole(tx, role, { ...asking, at: at() }))).digest,
      second,
    );
    await approve(value(await inTransaction(db, (tx) => enterAuthority(tx, warrant(lead.id)))).digest, second);
  };
  const check = async () => {
    await sequence(db, { signer, clock: systemClock });
    const coveredTables = [...investigatorCoveredTables, ...policyCoveredTables, ...evidenceCoveredTables];
    return checkLedger(db, { publicKeys: [key], coveredTables, unseal: unsealOpenings(keyring) });
  };
  const close = async () => {
    await ground.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { db, folder: path.join(folder, 'packages'), jobs, packing, people, approve, authorise, check, close };
};

const warrant = (enteredBy: PersonId) => {
  const at = systemClock.now();
  const any = {
    sources: 'any',
    accounts: 'any',
    addresses: 'any',
    periods: 'any',
    fileClasses: 'any',
    keywords: 'any',
  };
  return {
    v: 1,
    id: crypto.randomUUID(),
    version: 1,
    caseRef,
    kind: 'warrant',
    issuedBy: 'a court',
    fileNumber: '1',
    statute: 's. 487',
    offence: 'synthetic',
    issuedAt: at,
    from: at,
    operativeText: 'all of it',
    to: toInstant(new Date(Date.parse(at) + 86_400_000)),
    documentSha256: 'a'.repeat(64),
    sealed: 'open',
    scope: { ...any, exclusions: [], privilegeTerms: [] },
    grants: stepsUpTo('disclose'),
    conditions: [],
    secretReuse: { kind: 'own' },
    enteredBy,
    enteredAt: at,
  };
};

test('an export that is cut off anywhere goes on, and is one package with one event', async () => {
  const ground = await openPackingGround();
  const { db, folder, jobs, packing, people, approve } = ground;
  const [lead, second, third] = people;
  const asked = {
    caseRef,
    name: 'court-1',
    by: lead.id,
    reason: 'request',
    recipients: 'nobody',
    leaveOut: [],
  } as const;
  const runNext = async (packages = packing()) => {
    const job = jobs.shift();
    await packages.workflows[0]?.run(job?.input ?? null);
    return packages.find('court-1');
  };
  const start = () => packing().startExport({ name: 'court-1', by: lead.id, whenProofIsMissing: 'refuse' });

  // No authority, no package.
  expect(await packing().draft(asked)).toMatchObject({ kind: 'refused', reason: { code: 'nothing-to-pack' } });
  await ground.authorise();
  const drafted = value(await packing().draft(asked));
  expect(await packing().draft(asked)).toMatchObject({ reason: { code: 'name-taken' } });
  await approve(drafted.package.request, second);
  expect(await start()).toMatchObject({ reason: { code: 'too-few-approvals' } });
  await approve(drafted.package.request, third);

  value(await start());
  const impatient = packing({
    sequence: async () => undefined,
    waits: { checkpoint: 1, witnesses: 0, timeAuthority: 0 },
  });
  expect(await runNext(impatient)).toMatchObject({ state: 'waiting', why: expect.stringContaining('not-covered-yet') });
  expect(jobs).toHaveLength(1);

  // The disk gives out between the folder and the ZIP.
  await mkdir(path.join(folder, 'court-1.zip', 'in-the-way'), { recursive: true });
  expect(await runNext()).toMatchObject({ state: 'failed', tries: 2 });
  await rm(path.join(folder, 'court-1.zip'), { recursive: true });
  await writeFile(path.join(folder, 'court-1.zip.part'), 'half of it');

  value(await start());
  const again = jobs[0] as Job;
  const written = await runNext();
  expect(written).toMatchObject({ state: 'written', tries: 3, missing: [{ what: 'time-stamp' }] });
  jobs.push(again);
  expect(await runNext()).toEqual(written);
  expect((await readdir(folder)).sort()).toEqual(['court-1', 'court-1.zip']);
  const { rows } = await sql<{ times: number }>`
    select count(*)::int as times from ledger.event where entry::jsonb ->> 'type' = 'package.exported'`.execute(db);
  expect(rows).toEqual([{ times: 1 }]);
  expect(await ground.check()).toMatchObject({ verdict: 'intact', findings: [] });
  await ground.close();
});
