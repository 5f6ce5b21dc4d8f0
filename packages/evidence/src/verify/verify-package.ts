import { toHex } from '@tutela/core';
import { fromUtf8 } from '../format/canonical-file.js';
import { limits, packagePaths, parseContents, parseExportRequest } from '../format/index.js';
import { checkApprovals } from './approvals-check.js';
import { checkBag, checkDeclarations } from './bag-check.js';
import { checkCaseHistory } from './case-history.js';
import { checkCheckpoint } from './checkpoint-check.js';
import { checkBagInfo, checkContents, checkPlaces, checkRequested } from './contents-check.js';
import { type DigestingReader, drain, newDigestingReader, toTheEnd } from './digesting.js';
import { checkExport } from './export-check.js';
import { type FaultList, newFaultList } from './fault.js';
import { checkFixity } from './fixity.js';
import { type Inventory, takeInventory } from './inventory.js';
import { readManifests } from './manifests.js';
import type { PackageSource, VerifyDeps, VerifyProgress } from './ports.js';
import { emptyReport, type PackageReport, reportOf } from './report.js';
import { checkTimes } from './times-check.js';
import { checkTree } from './tree-check.js';
import type { Trust } from './trust.js';

/**
 * Checks a package as docs/package-format.md has it, and tells all that is wrong with it.
 *
 * Reads each file once. Holds what it knows of each file, the JSON files, and 40 bytes an event; files, events and nodes
 * go by.
 * @throws whatever the source throws when it cannot be read
 */
export const verifyPackage = async (
  source: PackageSource,
  trust: Trust,
  deps: VerifyDeps,
  progress: (progress: VerifyProgress) => void = () => {},
): Promise<PackageReport> => {
  const faults = newFaultList();
  const inventory = await takeInventory(source, faults);
  if (checkBag(inventory, faults) === 'not-a-package') return emptyReport(faults);
  const reader = newDigestingReader(source, inventory, deps, progress);
  const manifests = await readManifests(reader, inventory, faults);
  const bagit = await reader.whole(packagePaths.bagit, limits.textBytes);
  const bagInfoBytes = await reader.whole(packagePaths.bagInfo, limits.textBytes);
  const bagInfo = bagInfoBytes && fromUtf8(bagInfoBytes);
  if (checkDeclarations(bagit, bagInfo, faults) === 'unknown') return emptyReport(faults);

  const contents = await readJson(reader, packagePaths.contents, parseContents, { deps, inventory, faults });
  const request = await readJson(reader, packagePaths.request, parseExportRequest, { deps, inventory, faults });
  const approvals = await checkApprovals(deps, { reader, inventory }, request.value, trust, faults);
  const policy = await reader.whole(packagePaths.policy, limits.textBytes);
  const note = await reader.whole(packagePaths.checkpoint, limits.textBytes);
  const head = await checkCheckpoint(deps, { policy, note }, trust, faults);
  const times = await checkTimes(deps, { reader, inventory }, note, trust, faults);

  const chunks = (path: string) => (inventory.has(path) ? toTheEnd(reader.read(path)) : nothing());
  const history = await checkCaseHistory(deps.hasher, chunks(packagePaths.events), contents.value?.case, faults);
  const bound = { contents: contents.value, contentsDigest: contents.digest, requestDigest: request.digest };
  checkExport(history, bound, faults);
  const { checkpoint } = head;
  const nodes = await checkTree(deps.hasher, history, chunks(packagePaths.nodes), checkpoint, faults);

  const expectedBytes = new Map(contents.value?.files.map(({ path, bytes }) => [path, BigInt(bytes)]));
  for (const path of inventory.keys()) {
    if (reader.taken(path) === undefined) await drain(reader.read(path, expectedBytes.get(path)));
  }
  const present = { inventory, manifests, taken: reader.taken };
  const before = faults.total();
  checkFixity({ ...present, expectedBytes }, faults);
  const filesAre = faults.total() === before ? 'as-packed' : 'not-as-packed';
  checkPlaces(present, faults);
  if (contents.value !== undefined) {
    checkContents(contents.value, present, faults);
    // Its sums say what other files are: where one of them is at fault, that is told already.
    if (bagInfo !== undefined && filesAre === 'as-packed') checkBagInfo(bagInfo, contents.value, inventory, faults);
    if (request.value !== undefined) {
      checkRequested(contents.value, request.value, request.digest as string, faults);
    }
  }
  return reportOf({ contents: contents.value, inventory, history, nodes, head, times, approvals }, faults);
};

interface ReadDeps {
  readonly deps: VerifyDeps;
  readonly inventory: Inventory;
  readonly faults: FaultList;
}

/** A JSON file and the digest of its text; what is missing is for the manifests to tell. */
const readJson = async <T>(
  reader: DigestingReader,
  file: string,
  parse: (
    bytes: Uint8Array,
  ) =>
    | { readonly kind: 'done'; readonly value: T }
    | { readonly kind: 'refused'; readonly reason: { readonly message: string } },
  { deps, inventory, faults }: ReadDeps,
): Promise<{ readonly value?: T; readonly digest?: string }> => {
  const bytes = await reader.whole(file, limits.jsonBytes);
  if (bytes === undefined) {
    if (inventory.has(file)) faults.add('malformed', { file }, `it is longer than ${limits.jsonBytes} bytes`);
    return {};
  }
  const parsed = parse(bytes);
  if (parsed.kind !== 'done') {
    faults.add('malformed', { file }, parsed.reason.message);
    return {};
  }
  return { value: parsed.value, digest: toHex(deps.hasher.sha256(bytes.subarray(0, -1))) };
};

async function* nothing(): AsyncGenerator<Uint8Array> {}
