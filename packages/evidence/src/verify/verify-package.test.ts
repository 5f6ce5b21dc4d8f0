import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeEntry, verifyInclusion, verifyTlogProof } from '@tutela/ledger';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNodes, parseNodes } from '../format/nodes.js';
import { newSampleLog } from '../sample/sample-log.test-support.js';
import { nodeDeps } from './node/node-deps.js';
import { openPackage } from './node/open-package.js';
import { verifyPath } from './node/verify-path.js';
import { browserDeps } from './page/browser-deps.js';
import { proveEvent } from './prove-event.js';
import { formatReport } from './texts/format-report.js';
import { completeTree, newLeaves } from './tree-completion.js';
import { joinTrust, noTrust, parseTrustFile, readTrust, type TrustTexts } from './trust.js';
import { verifyPackage } from './verify-package.js';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const sample = `${fixtures}sample.tar`;
const trustBytes = readFileSync(`${fixtures}sample-trust.json`);
const value = <T>(verdict: { readonly kind: string; readonly value?: T }): T => {
  if (verdict.kind !== 'done') throw new TypeError(JSON.stringify(verdict));
  return verdict.value as T;
};
const texts: TrustTexts = value(parseTrustFile(trustBytes));
const trustOf = (given: TrustTexts) => value(readTrust(nodeDeps.hasher, given));

describe('a whole package', () => {
  test('is verified when the checker trusts its keys, and read once', async () => {
    const progress: bigint[] = [];
    const report = await verifyPath(sample, trustOf(texts), ({ done }) => progress.push(done));
    expect(report).toMatchObject({
      verdict: 'verified',
      faults: [],
      checked: { files: 26, events: 40, withheld: 8, cosignatures: 2, approvals: 2 },
      approvedBy: ['staff-2', 'staff-3'],
    });
    expect(progress.at(-1)).toBe(BigInt(report.checked.bytes));
  });

  test('says the same of itself in a browser', async () => {
    const opened = value(await openPackage(sample));
    const inBrowser = await verifyPackage(opened, trustOf(texts), browserDeps);
    await opened.close();
    expect(inBrowser).toEqual(await verifyPath(sample, trustOf(texts)));
  });

  test('is only consistent when nothing is known of a kind of its keys', async () => {
    expect((await verifyPath(sample, noTrust)).verdict).toBe('consistent');
    for (const kind of ['logKeys', 'witnessKeys', 'timeRoots'] as const) {
      const { [kind]: _, ...rest } = texts;
      expect((await verifyPath(sample, trustOf(rest))).verdict).toBe('consistent');
    }
    const { personKeys: _, ...withoutPeople } = texts;
    expect((await verifyPath(sample, trustOf(withoutPeople))).verdict).toBe('verified');
  });

  test('is refused by who trusts other keys', async () => {
    const strangers: TrustTexts = {
      logKeys: ['PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
      timeRoots: [readFileSync(new URL('../../../ledger/vectors/time/rsa-root.pem', import.meta.url), 'utf8')],
      personKeys: ['AAAA'],
    };
    for (const [kind, keys] of Object.entries(strangers)) {
      const report = await verifyPath(sample, trustOf({ ...texts, [kind]: keys }));
      expect([kind, report.faults.map((fault) => fault.kind)]).toEqual([kind, ['trust']]);
    }
  });

  test('gives a proof of each event that holds by itself', async () => {
    const trust = { ...nodeDeps, keys: trustOf(texts).logKeys };
    for (const caseSeq of [1, 2, 17, 39, 40]) {
      const opened = value(await openPackage(sample));
      const { proof, entry } = value(await proveEvent(opened, caseSeq, nodeDeps));
      await opened.close();
      const leaf = new TextEncoder().encode(entry);
      expect(value(decodeEntry(leaf)).caseSeq).toBe(caseSeq);
      expect((await verifyTlogProof(trust, proof, leaf)).kind).toBe('done');
    }
    const opened = value(await openPackage(sample));
    expect(await proveEvent(opened, 41, nodeDeps)).toMatchObject({ reason: { code: 'no-such-event' } });
    await opened.close();
  });

  test('is told of in words', async () => {
    const told = formatReport(await verifyPath(sample, noTrust));
    expect(told).toContain('agency.example/evidence: not compared');
    expect(told.trimEnd().split('\n').at(-1)).toMatch(/^CONSISTENT, KEYS NOT CHECKED\./);
  });
});

test('the tree of any history is completed to its root, with the path of each event', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 80 }), fc.nat(), async (own, which) => {
      fc.pre(own.includes(true));
      const log = newSampleLog('case', own.length);
      const leaves: { readonly index: bigint; readonly hash: Uint8Array }[] = [];
      for (const [at, isOwn] of own.entries()) {
        if (!isOwn) log.appendOther();
        else {
          const { entry } = JSON.parse(log.appendCase('a.b', {})) as { readonly entry: object };
          const bytes = Buffer.concat([Buffer.of(0), Buffer.from(JSON.stringify(entry))]);
          leaves.push({ index: BigInt(at), hash: nodeDeps.hasher.sha256(bytes) });
        }
      }
      const { size, root } = log.head();
      const collected = newLeaves();
      for (const { index, hash } of leaves) collected.add(index, hash);
      async function* nodes() {
        for await (const part of formatNodes(log.nodes(), size)) yield Buffer.from(part);
      }
      const { index, hash: leaf } = leaves[which % leaves.length] as (typeof leaves)[number];
      const completed = await completeTree(nodeDeps.hasher, collected.take(), parseNodes(nodes()), size, index);
      expect(completed.kind === 'root' && Buffer.from(completed.root)).toEqual(Buffer.from(root));
      const proof = completed.kind === 'root' ? completed.path : [];
      expect(verifyInclusion(nodeDeps.hasher, { index, size, leaf, root, proof }).kind).toBe('done');
    }),
    { numRuns: 60 },
  );
});

describe('a trust file', () => {
  test.each([
    ['nothing', ''],
    ['no version', '{"logKeys":[]}'],
    ['another version', '{"v":2}'],
    ['an unknown member', '{"v":1,"keys":[]}'],
    ['keys that are no list', '{"v":1,"logKeys":"x"}'],
  ])('with %s is refused', (_, text) => {
    expect(parseTrustFile(Buffer.from(text)).kind).toBe('refused');
  });

  test.each([
    ['a key that is none', { logKeys: ['x'] }],
    ['a root that is none', { timeRoots: ['x'] }],
    ['a quorum beyond its witnesses', { witnessQuorum: 1 }],
  ])('with %s is refused', (_, given) => {
    expect(readTrust(nodeDeps.hasher, given).kind).toBe('refused');
  });

  test('and flags are believed together', () => {
    const joined = joinTrust({ logKeys: ['a'], witnessQuorum: 1 }, { logKeys: ['b'], timeRoots: ['c'] });
    expect(joined).toMatchObject({ logKeys: ['a', 'b'], timeRoots: ['c'], witnessQuorum: 1 });
  });
});
