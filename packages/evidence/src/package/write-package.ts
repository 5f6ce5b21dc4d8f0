import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { syncFolder, syncFolders } from '../bag/durable-file.js';
import { sealBag } from '../bag/write-bag.js';
import { type Contents, packagePaths, parseContents } from '../format/index.js';
import type { CaseMaterial } from '../material/case-material.js';
import { materialFault } from './material-fault.js';
import type { ApprovedExport, LedgerFault, MissingProof, PackageLedger } from './ports.js';
import { existsAt, reopenStage, stageOf } from './stage.js';
import { contentsDigest, type VerifierFiles, type WrittenContents, writeContents } from './write-contents.js';
import { writeLedgerPart } from './write-ledger-part.js';

export interface PackageDeps {
  readonly ledger: PackageLedger;
  readonly clock: Clock;
  /** Folder that packages are put into. */
  readonly folder: string;
  readonly software: Contents['software'];
  readonly verifier: VerifierFiles;
  /** Who has it made: a person, or a program in their stead. */
  readonly by: string;
  /** What to do when witnesses or authorities of time did not answer. `refuse`: the next try goes on. */
  readonly whenProofIsMissing: 'write' | 'refuse';
}

export interface PackageWritten {
  readonly folder: string;
  /** `already-there`: an earlier try had come to its end. */
  readonly status: 'written' | 'already-there';
  /** SHA-256 of contents.json's canonical text, as the ledger was told. */
  readonly contents: string;
  /** What the package does without; empty when an earlier try wrote it. */
  readonly missing: readonly MissingProof[];
}

export type PackageFault =
  | LedgerFault
  | 'material-differs'
  | 'item-differs'
  | 'folder-taken'
  | 'contents-lost'
  | 'proof-missing';

/**
 * Writes the package of an approved request (docs/package-format.md, "The order in which things are made").
 *
 * May be killed at any point and done again: one request gives one event and one package, and nothing stands under the
 * package's name before it is whole (test: "after a kill at any point and another try there is one event and one whole package").
 * @param requestDigest SHA-256 of the approved request
 */
export const writePackage = (
  deps: PackageDeps,
  material: CaseMaterial,
  requestDigest: string,
): Promise<Outcome<PackageWritten, PackageFault>> =>
  deps.ledger.exclusively(requestDigest, async () => {
    const approved = await deps.ledger.approved(requestDigest);
    if (approved.kind !== 'done') return approved;
    const { content } = approved.value.request;
    const fault = materialFault(material, content);
    if (fault !== undefined) return refused('material-differs', fault);
    const target = path.join(deps.folder, content.package);
    const recorded = await deps.ledger.findExport(requestDigest);
    if ((await existsAt(target)) === 'there') return alreadyThere(target, recorded?.contents);

    const stage = stageOf(deps.folder, content.package);
    const written = await contentsOf(deps, { stage, material, requestDigest, approved: approved.value });
    if (written.kind !== 'done') return written;
    const part = await deps.ledger.prove(requestDigest);
    if (part.kind !== 'done') return part;
    const { missing } = part.value;
    if (missing.length > 0 && deps.whenProofIsMissing === 'refuse') {
      return refused('proof-missing', missing.map(({ what, why }) => `${what}: ${why}`).join('; '));
    }
    const ledgerFiles = await writeLedgerPart(stage, part.value);
    await sealBag(stage, [...written.value.files, ...ledgerFiles], written.value.contents);
    await rename(stage, target);
    await syncFolder(deps.folder);
    return done({ folder: target, status: 'written', contents: written.value.digest, missing });
  });

const alreadyThere = async (
  target: string,
  recorded: string | undefined,
): Promise<Outcome<PackageWritten, 'folder-taken'>> => {
  const parsed = parseContents(await readFile(path.join(target, packagePaths.contents)).catch(() => new Uint8Array()));
  if (parsed.kind !== 'done' || recorded === undefined || contentsDigest(parsed.value) !== recorded) {
    return refused('folder-taken', `${target} is something else`);
  }
  return done({ folder: target, status: 'already-there', contents: recorded, missing: [] });
};

interface Writing {
  readonly stage: string;
  readonly material: CaseMaterial;
  readonly requestDigest: string;
  readonly approved: ApprovedExport;
}

/** Contents that the ledger was told of: those of an earlier try, the same made again, or new ones. */
const contentsOf = async (deps: PackageDeps, writing: Writing): Promise<Outcome<WrittenContents, PackageFault>> => {
  const recorded = await deps.ledger.findExport(writing.requestDigest);
  const staged = recorded && (await reopenStage(writing.stage, recorded.contents));
  if (staged !== undefined) return done(staged);
  const made = await makeContents(deps, writing, recorded?.createdAt ?? deps.clock.now());
  if (made.kind !== 'done') return made;
  const { contents, digest } = made.value;
  if (recorded !== undefined) {
    // Encryption is different each time: what the ledger was told of cannot be made again.
    return digest === recorded.contents ? made : refused('contents-lost', 'what was exported is not there any more');
  }
  const { createdAt } = contents;
  const { request } = writing.approved;
  const facts = { digest: writing.requestDigest, request, contents: digest, createdAt, by: deps.by };
  const exported = await deps.ledger.recordExport(facts);
  return exported.kind === 'done' ? made : exported;
};

const makeContents = async (
  { folder, software, verifier }: PackageDeps,
  { stage, material, requestDigest, approved }: Writing,
  createdAt: UtcInstant,
): Promise<Outcome<WrittenContents, 'item-differs'>> => {
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true, mode: 0o700 });
  const input = { approved, requestDigest, createdAt, software, verifier };
  const made = await writeContents(stage, material, input);
  if (made.kind !== 'done') return made;
  // On the disk before the ledger is told of them.
  await syncFolders(stage, made.value.files);
  await syncFolder(folder);
  return made;
};
