import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UtcInstant } from '@tutela/core';
import { cosign, cosignerKey, formatCosignerKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { certificatesOfPem, pemOfCertificates, stampedBody, timestampQuery } from '@tutela/ledger/time';
import { type Approval, approvalText, type JsonPerson, type PersonId, requestDigest } from '@tutela/policy/approval';
import { opensslAtHand, openTimeAuthority, type TimeAuthority } from '@tutela/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ExportRequest,
  formatCanonicalFile,
  packagePaths,
  parseContents,
  timestampPaths,
} from '../format/index.js';
import { writeBag, writeSamplePackage } from '../sample/sample-package.test-support.js';
import { checkApprovals } from './approvals-check.js';
import { newDigestingReader } from './digesting.js';
import { type Fault, newFaultList } from './fault.js';
import { nodeDeps } from './node/node-deps.js';
import { verifyPath } from './node/verify-path.js';
import { formatReport } from './texts/format-report.js';
import { noTrust, readTrust, type Trust, type TrustTexts } from './trust.js';

// Somebody without a key of the log mends the manifests and lets strangers speak; an insider with the key of the log wants
// approvals that the people whom the checker knows never gave.

let authority: TimeAuthority;
let work: string;
let folder: string;
let trust: Trust;

const trustOf = (texts: TrustTexts): Trust => {
  const read = readTrust(nodeDeps.hasher, texts);
  if (read.kind !== 'done') throw new TypeError(read.reason.message);
  return read.value;
};

const at = (name: string): string => path.join(folder, name);

/** Manifests and sums as whoever changed something makes them. */
const mend = (): void => {
  const contents = parseContents(readFileSync(at(packagePaths.contents)));
  if (contents.kind !== 'done') throw new TypeError(contents.reason.message);
  writeBag(folder, contents.value);
};

describe.skipIf(opensslAtHand === 'missing')('when strangers speak,', () => {
  beforeAll(async () => {
    authority = await openTimeAuthority();
  });
  beforeEach(async () => {
    work = mkdtempSync(path.join(tmpdir(), 'strangers-'));
    folder = path.join(work, 'package-1');
    mkdirSync(folder);
    trust = trustOf(await writeSamplePackage(folder, { events: 5, authority }));
  });
  afterEach(() => rmSync(work, { recursive: true, force: true }));
  afterAll(async () => {
    await authority?.close();
  });

  describe('the time that a stranger tells', () => {
    test('by a stamp of an authority of their own is not told to who trusts others', async () => {
      const stranger = await openTimeAuthority();
      const body = stampedBody(readFileSync(at(packagePaths.checkpoint)));
      if (body.kind !== 'done') throw new TypeError(body.reason.message);
      const { der } = await timestampQuery(body.value, 'SHA-256');
      const reply = await fetch(stranger.url, { method: 'POST', body: Buffer.from(der) });
      const stamp = timestampPaths('another-time');
      writeFileSync(at(stamp.token), new Uint8Array(await reply.arrayBuffer()));
      writeFileSync(at(stamp.roots), pemOfCertificates(certificatesOfPem(stranger.roots) ?? []));
      await stranger.close();
      mend();
      const report = await verifyPath(folder, trust);
      expect([report.verdict, report.faults]).toEqual(['verified', []]);
      expect(report.times.map(({ name }) => name)).toEqual(['example-time', 'one.example', 'two.example']);
      expect(formatReport(report)).toContain('another-time: NOT TRUSTED');
      expect((await verifyPath(folder, noTrust)).times.map(({ name }) => name)).toContain('another-time');
    });

    test('by a cosignature of a witness that they wrote into the policy is not told either', async () => {
      const witness = signerFromPem('another.example', newSigningKeyPem());
      const key = formatCosignerKey(cosignerKey(nodeHasher, witness.name, witness.publicKey));
      const note = readFileSync(at(packagePaths.checkpoint), 'utf8');
      const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
      writeFileSync(at(packagePaths.checkpoint), note + (await cosign(nodeHasher, witness, text, 915_148_800n)));
      const policy = readFileSync(at(packagePaths.policy), 'utf8');
      writeFileSync(at(packagePaths.policy), policy.replace('group', `witness w3 ${key}\ngroup`));
      mend();
      const report = await verifyPath(folder, trust);
      expect([report.verdict, report.faults]).toEqual(['verified', []]);
      expect(report.times.map(({ name }) => name)).toEqual(['example-time', 'one.example', 'two.example']);
      expect(report.checked.cosignatures).toBe(2);
      expect(formatReport(report)).toContain('another.example: NOT TRUSTED');
    });
  });

  describe('approvals by people whom the checker knows', () => {
    const facts = { addedAt: '2026-03-01T08:00:00.000Z' as UtcInstant, addedBy: 'installation' };
    const newKey = () => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const spki = publicKey.export({ type: 'spki', format: 'der' });
      const id = createHash('sha256').update(spki).digest('base64url');
      const credential = { method: 'ed25519', algorithm: 'EdDSA', id, publicKey: spki.toString('base64url'), ...facts };
      return { privateKey, credential: credential as JsonPerson['credentials'][number] };
    };
    const insider = newKey();
    const known = [newKey(), newKey()] as const;

    /** What is said of approvals by these people, each signed with `by`. */
    const faultsOf = async (
      signed: readonly { readonly by: ReturnType<typeof newKey>; readonly credentials: JsonPerson['credentials'] }[],
    ): Promise<readonly Fault['kind'][]> => {
      const request = JSON.parse(readFileSync(at(packagePaths.request), 'utf8')) as ExportRequest;
      const digest = await requestDigest(request);
      const files = new Map<string, Uint8Array>();
      const people = signed.map(({ by, credentials }, index): JsonPerson => {
        const person = `staff-${index + 2}` as PersonId;
        const signature = sign(null, approvalText(digest, person), by.privateKey).toString('base64url');
        const { id: credentialId } = by.credential;
        const approval: Approval = {
          v: 1,
          method: 'ed25519',
          request: digest,
          person,
          at: '2026-03-01T11:00:00.000Z' as UtcInstant,
          credentialId,
          signature,
        };
        files.set(`data/approvals/00${index + 1}.json`, formatCanonicalFile({ ...approval }));
        return { v: 1, id: person, ...facts, credentials };
      });
      const rules = { people: 2, origins: ['http://localhost:1'], rpId: 'localhost' };
      files.set(packagePaths.people, formatCanonicalFile(JSON.parse(JSON.stringify({ v: 1, rules, people }))));
      const inventory = new Map([...files].map(([file, bytes]) => [file, BigInt(bytes.length)]));
      const read = async function* (file: string) {
        yield files.get(file) as Uint8Array;
      };
      const source = { list: async function* () {}, read, close: async () => {} };
      const reader = newDigestingReader(source, inventory, nodeDeps, () => {});
      const faults = newFaultList();
      const personKeys = known.map(({ credential }) => credential.publicKey);
      await checkApprovals(nodeDeps, { reader, inventory }, request, { ...noTrust, personKeys }, faults);
      return faults.kept().map(({ kind }) => kind);
    };

    test('count', async () => {
      expect(await faultsOf(known.map((by) => ({ by, credentials: [by.credential] })))).toEqual([]);
    });

    test('are not those of an insider, though a key that is known bears the name of the one that signed', async () => {
      const told = await faultsOf(
        known.map(({ credential }) => {
          const own = newKey();
          const posing = {
            ...credential,
            method: 'webauthn',
            id: own.credential.id,
          } as JsonPerson['credentials'][number];
          return { by: own, credentials: [posing, own.credential] };
        }),
      );
      expect(told).not.toEqual([]);
    });

    test('are not one person’s under two names', async () => {
      const [one] = known;
      const twice = { by: one, credentials: [one.credential] };
      expect(await faultsOf([twice, twice])).toContain('approval');
      expect(await faultsOf([twice, { by: insider, credentials: [insider.credential] }])).toEqual(['trust']);
    });
  });
});
