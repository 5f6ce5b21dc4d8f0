import { createHash } from 'node:crypto';
import { canonicalJson, done, type JsonObject, type JsonValue, type Outcome, type UtcInstant } from '@tutela/core';
import { type Content, writeDurably } from '../bag/durable-file.js';
import { type BagFile, inByteOrder } from '../bag/manifest.js';
import { buildCaseGraph } from '../case-graph/build-graph.js';
import { EvidenceError } from '../evidence-error.js';
import {
  approvalPath,
  type Contents,
  type ContentsFile,
  type FileRole,
  formatCanonicalFile,
  limits,
  packagePaths,
  rolesOf,
} from '../format/index.js';
import { type CaseMaterial, recordsOf } from '../material/case-material.js';
import { languages } from '../report/messages/messages.js';
import { writeReport } from '../report/write-report.js';
import type { ApprovedExport } from './ports.js';
import { verifyGuide } from './verify-guide.js';
import { entryOf, writeItems } from './write-items.js';

/** The programs that a package brings along to check itself. */
export interface VerifierFiles {
  readonly mjs: Uint8Array;
  readonly html: Uint8Array;
}

export interface ContentsInput {
  readonly approved: ApprovedExport;
  readonly requestDigest: string;
  readonly createdAt: UtcInstant;
  readonly software: Contents['software'];
  readonly verifier: VerifierFiles;
}

export interface WrittenContents {
  readonly contents: Contents;
  /** SHA-256 of contents.json's canonical text. */
  readonly digest: string;
  /** Everything that was written, contents.json too. */
  readonly files: readonly BagFile[];
}

/**
 * Writes all of a package that comes before its event: items, records, graph, reports, request and approvals, verifier,
 * and contents.json, which names them. Without encryption the same input gives the same bytes.
 */
export const writeContents = async (
  folder: string,
  material: CaseMaterial,
  { approved, requestDigest, createdAt, software, verifier }: ContentsInput,
): Promise<Outcome<WrittenContents, 'item-differs'>> => {
  const { request, approvals, people } = approved;
  const files: BagFile[] = [];
  const entries: ContentsFile[] = [];
  const write = async (path: string, content: Content): Promise<void> => {
    const file = await writeDurably(folder, path, content);
    const [role] = rolesOf(path) as [FileRole];
    files.push(file);
    entries.push({ ...entryOf(file), role });
  };

  const items = await writeItems(folder, material.items, request.content);
  if (items.kind !== 'done') return items;
  for (const { file, entry } of items.value) {
    files.push(file);
    entries.push(entry);
  }
  await write(packagePaths.request, json(request));
  await write(packagePaths.people, json(people));
  for (const [at, approval] of approvals.entries()) await write(approvalPath(at + 1), json(approval));
  for (const [name, records] of Object.entries(recordsOf(material))) {
    if (records.length > 0) await write(`data/records/${name}.json`, json({ v: 1, records }));
  }
  const { package: name, case: caseRef } = request.content;
  const graphFacts = { package: name, createdAt, software, requestedBy: request.requestedBy };
  await write('data/case.jsonld', json(buildCaseGraph(material, graphFacts)));
  await write('verify.mjs', verifier.mjs);
  await write('verify.html', verifier.html);
  await write('VERIFY.md', verifyGuide({ package: name, files: entries }));

  const contentsOf = (named: readonly ContentsFile[]): Contents => ({
    v: 1,
    package: name,
    case: caseRef,
    request: requestDigest,
    createdAt,
    software,
    files: inByteOrder(named),
  });
  const withoutReports = contentsOf(entries);
  const report = {
    material,
    request,
    requestDigest,
    approvals: approvals.map(({ person, at }) => ({ name: person, at })),
    createdAt,
    software,
    files: withoutReports.files,
  };
  for (const language of languages) {
    await write(`data/report/report.${language}.pdf`, await writeReport(language, report, withoutReports));
  }
  const contents = contentsOf(entries);
  files.push(await writeDurably(folder, packagePaths.contents, json(contents)));
  return done({ contents, digest: contentsDigest(contents), files });
};

/**
 * Records are interfaces, which TypeScript does not take for JSON; canonicalJson refuses whatever is none.
 * @throws EvidenceError `invalid` for what no checker would read
 */
const json = (value: object): Uint8Array => {
  const bytes = formatCanonicalFile(value as unknown as JsonValue);
  if (bytes.length <= limits.jsonBytes) return bytes;
  throw new EvidenceError(
    'invalid',
    `a file of a package would have ${bytes.length} bytes of JSON, which no checker reads`,
  );
};

export const contentsDigest = (contents: Contents): string =>
  createHash('sha256')
    .update(canonicalJson(contents as unknown as JsonObject))
    .digest('hex');
