import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { canonicalJson, type JsonObject, type UtcInstant } from '@tutela/core';
import { cosign, cosignerKey, formatPolicy, noteKey, signCheckpoint } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { certificatesOfPem, pemOfCertificates, stampedBody, timestampQuery } from '@tutela/ledger/time';
import { type PersonId, requestDigest } from '@tutela/policy/approval';
import type { TimeAuthority } from '@tutela/testkit';
import {
  approvalPath,
  bagitText,
  type Contents,
  type ContentsFile,
  comparePaths,
  type ExportRequest,
  exportedEvent,
  formatBagInfo,
  formatCanonicalFile,
  formatManifestLine,
  formatNodes,
  manifestAlgorithms,
  manifestPath,
  packagePaths,
  rolesOf,
  scopeOf,
  timestampPaths,
} from '../format/index.js';
import type { TrustTexts } from '../verify/index.js';
import { sampleApprovals } from './sample-approvals.test-support.js';
import { newSampleLog } from './sample-log.test-support.js';

export interface SampleOptions {
  /** Of the case, the export included. */
  readonly events: number;
  readonly authority: Pick<TimeAuthority, 'url' | 'roots'>;
  /** What stands in VERIFY.md, verify.html and verify.mjs. */
  readonly verifiers?: Readonly<Record<string, string | Uint8Array>>;
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const createdAt = '2026-03-01T12:00:00.000Z' as UtcInstant;
const caseRef = 'case-2026-7';
const packageId = 'package-1';

/**
 * Writes a whole package from made-up things into an empty folder, without the program that writes real ones, and tells
 * what a checker would have to trust. Every second leaf of the log is of another case.
 */
export const writeSamplePackage = async (folder: string, options: SampleOptions): Promise<TrustTexts> => {
  const put = (file: string, bytes: Uint8Array | string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), bytes);
  };
  const items = ['a1', 'b2', 'c3'].map((id) => ({
    id,
    bytes: sampleBytes(id, 3000),
    sealed: sampleBytes(`${id} sealed`, 3200),
  }));
  const request: ExportRequest = {
    v: 1,
    id: 'request-1',
    action: 'package.export',
    caseRef,
    requestedBy: 'staff-1' as PersonId,
    reason: 'for the prosecutor',
    requestedAt: '2026-03-01T10:30:00.000Z' as UtcInstant,
    expiresAt: '2026-03-02T10:30:00.000Z' as UtcInstant,
    content: {
      package: packageId,
      case: caseRef,
      recipients: [],
      items: items.map(({ id, bytes }) => ({ id, sha256: sha256(bytes), bytes: String(bytes.length), as: 'original' })),
      exclusions: [{ id: 'd4', reason: 'not within the order' }],
      events: 'all',
    },
  };
  const digest = await requestDigest(request);
  const { people, approvals } = sampleApprovals(digest, ['staff-2', 'staff-3']);
  put(packagePaths.request, formatCanonicalFile(json(request)));
  put(packagePaths.people, formatCanonicalFile(json(people)));
  for (const [at, approval] of approvals.entries()) put(approvalPath(at + 1), formatCanonicalFile(json(approval)));
  for (const { id, bytes, sealed } of items) {
    if (id === 'c3') put(`data/items/${id}/${id}.bin.age`, sealed);
    else put(`data/items/${id}/${id}.bin`, bytes);
  }
  put('data/records/custody.json', formatCanonicalFile({ v: 1, records: [{ at: createdAt, what: 'taken in' }] }));
  put('data/report/report.en.pdf', sampleBytes('report', 5000));
  put('data/case.jsonld', formatCanonicalFile({ '@context': {}, '@graph': [] }));
  for (const name of ['VERIFY.md', 'verify.html', 'verify.mjs']) put(name, options.verifiers?.[name] ?? `${name}\n`);

  const files = filesBelow(folder).map((file): ContentsFile => {
    const bytes = readFileSync(path.join(folder, file));
    const item = /^data\/items\/([^/]+)/.exec(file)?.[1];
    const plain = file.endsWith('.age') ? items.find(({ id }) => id === item)?.bytes : undefined;
    return {
      path: file,
      bytes: String(bytes.length),
      sha256: sha256(bytes),
      role: rolesOf(file)[0] as ContentsFile['role'],
      ...(item !== undefined && { item }),
      ...(plain && { plain: { sha256: sha256(plain), bytes: String(plain.length) } }),
    };
  });
  const contents: Contents = {
    v: 1,
    package: packageId,
    case: caseRef,
    request: digest,
    createdAt,
    software: { name: 'tutela', version: '0.1.0' },
    files,
  };
  put(packagePaths.contents, formatCanonicalFile(json(contents)));
  const exported = { package: packageId, contents: sha256(canonicalJson(json(contents))), request: digest };
  const trust = await writeLedger(folder, options, exported);
  writeBag(folder, contents);
  return {
    ...trust,
    personKeys: people.people.flatMap(({ credentials }) => credentials.map((each) => each.publicKey)),
  };
};

const writeLedger = async (
  folder: string,
  { events, authority }: SampleOptions,
  exported: JsonObject,
): Promise<TrustTexts> => {
  const log = newSampleLog(caseRef, 2 * events + 8);
  const at = (file: string): string => path.join(folder, file);
  mkdirSync(path.dirname(at(packagePaths.events)), { recursive: true });
  const lines = function* (): Generator<string> {
    for (let seq = 1; seq < events; seq++) {
      yield log.appendCase('investigator.item-viewed', { item: `item ${seq}` }, seq % 5 === 2 ? 'withheld' : 'opened');
      log.appendOther();
    }
    yield log.appendCase(exportedEvent, exported);
  };
  await pipeline(Readable.from(lines()), createWriteStream(at(packagePaths.events)));
  for (let other = 0; other < 3; other++) log.appendOther();
  const { size, root } = log.head();
  await pipeline(Readable.from(formatNodes(log.nodes(), size)), createWriteStream(at(packagePaths.nodes)));

  const signer = signerFromPem('agency.example/evidence', newSigningKeyPem());
  const witnesses = ['one.example', 'two.example'].map((name) => signerFromPem(name, newSigningKeyPem()));
  const keys = witnesses.map(({ name, publicKey }) => cosignerKey(nodeHasher, name, publicKey));
  const log1 = noteKey(nodeHasher, signer.name, signer.publicKey);
  const policy = formatPolicy(nodeHasher, {
    logs: [{ key: log1 }],
    witnesses: keys.map((key, index) => ({ name: `w${index + 1}`, key })),
    groups: [{ name: 'both', threshold: 2, members: ['w1', 'w2'] }],
    quorum: 'both',
  });
  writeFileSync(at(packagePaths.policy), policy);
  let note = await signCheckpoint(nodeHasher, signer, { size, root });
  const body = stampedBody(note);
  if (body.kind !== 'done') throw new TypeError('no note');
  const text = new TextDecoder().decode(body.value);
  for (const witness of witnesses) note += await cosign(nodeHasher, witness, text, 1_772_366_400n);
  writeFileSync(at(packagePaths.checkpoint), note);

  const stamp = timestampPaths('example-time');
  const query = await timestampQuery(body.value, 'SHA-256');
  const reply = await fetch(authority.url, { method: 'POST', body: Buffer.from(query.der) });
  mkdirSync(path.dirname(at(stamp.token)), { recursive: true });
  writeFileSync(at(stamp.token), new Uint8Array(await reply.arrayBuffer()));
  const roots = pemOfCertificates(certificatesOfPem(authority.roots) ?? []);
  writeFileSync(at(stamp.roots), roots);
  const [logLine = '', ...rest] = policy.split('\n');
  return {
    logKeys: [logLine.split(' ')[1] as string],
    witnessKeys: rest.flatMap((line) => (line.startsWith('witness ') ? [line.split(' ')[2] as string] : [])),
    timeRoots: [roots],
  };
};

/** bag-info.txt and the manifests over what is there. */
export const writeBag = (folder: string, contents: Contents): void => {
  writeFileSync(path.join(folder, packagePaths.bagit), bagitText);
  const payload = filesBelow(folder).filter((file) => scopeOf(file) === 'payload');
  const bytes = payload.reduce((sum, file) => sum + BigInt(readFileSync(path.join(folder, file)).length), 0n);
  writeFileSync(path.join(folder, packagePaths.bagInfo), formatBagInfo(contents, { bytes, files: payload.length }));
  writeManifests(folder);
};

/** Manifests over what is there, as somebody makes them who wants a change to go unseen. */
export const writeManifests = (folder: string): void => {
  for (const scope of ['payload', 'tag'] as const) {
    const names = manifestAlgorithms.map((algorithm) => manifestPath(scope, algorithm));
    const files = filesBelow(folder).filter((file) => scopeOf(file) === scope && !names.includes(file));
    for (const algorithm of manifestAlgorithms) {
      const lines = files.map((file) => {
        const digest = createHash(algorithm)
          .update(readFileSync(path.join(folder, file)))
          .digest('hex');
        return formatManifestLine({ digest, path: file });
      });
      writeFileSync(path.join(folder, manifestPath(scope, algorithm)), lines.join(''));
    }
  }
};

export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort(comparePaths);

/** Bytes that nobody can compress, the same for the same name. */
const sampleBytes = (name: string, length: number): Uint8Array => {
  const parts: Buffer[] = [];
  for (let at = 0; at * 32 < length; at++) parts.push(createHash('sha256').update(`${name} ${at}`).digest());
  return Buffer.concat(parts).subarray(0, length);
};

const json = (value: object): JsonObject => value as JsonObject;
