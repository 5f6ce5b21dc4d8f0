import {
  authorityOf,
  type Contents,
  type ContentsFile,
  type ExportRequest,
  formatBagInfo,
  packagePaths,
  rolesOf,
  scopeOf,
} from '../format/index.js';
import type { DigestingReader } from './digesting.js';
import type { FaultList } from './fault.js';
import type { Inventory } from './inventory.js';
import type { Manifests } from './manifests.js';

/** Files that the format asks for and contents.json does not name. */
const unnamed: ReadonlySet<string> = new Set<string>([
  packagePaths.bagit,
  packagePaths.bagInfo,
  packagePaths.contents,
  packagePaths.policy,
  packagePaths.checkpoint,
  packagePaths.events,
  packagePaths.nodes,
]);

interface Present {
  readonly inventory: Inventory;
  readonly manifests: Manifests;
  readonly taken: DigestingReader['taken'];
}

/** A file that the manifests name and the format has no place for. */
export const checkPlaces = ({ inventory, manifests }: Present, faults: FaultList): void => {
  for (const path of inventory.keys()) {
    const isManifest = scopeOf(path) === undefined || /^manifest-sha(256|512)\.txt$/.test(path);
    if (isManifest || !manifests.has(path) || unnamed.has(path)) continue;
    if (rolesOf(path).length === 0 && authorityOf(path) === undefined) {
      faults.add('file-added', { file: path }, 'a package has no place for it, though a manifest names it');
    }
  }
};

/** contents.json against the files that are there. What the manifests told already is not told again. */
export const checkContents = (
  contents: Contents,
  { inventory, manifests, taken }: Present,
  faults: FaultList,
): void => {
  const named = new Map(contents.files.map((file) => [file.path, file]));
  for (const { path, sha256, bytes } of contents.files) {
    if (faults.isKnown(path) === 'known') continue;
    const found = taken(path);
    if (found === undefined) {
      faults.add('contents-disagree', { file: path }, 'contents.json names it and it is not there');
    } else if (found.sha256 !== sha256 || String(found.bytes) !== bytes) {
      faults.add('contents-disagree', { file: path }, 'it is not the file that contents.json names');
    }
  }
  for (const path of inventory.keys()) {
    // What no manifest names was told as added, or as the new name of another.
    if (!manifests.has(path) || named.has(path) || faults.isKnown(path) === 'known') continue;
    if (rolesOf(path).length === 0) continue;
    faults.add('contents-disagree', { file: path }, 'contents.json does not name it');
  }
};

/** That contents.json and the approved request speak of the same package and the same items. */
export const checkRequested = (
  contents: Contents,
  request: ExportRequest,
  requestDigest: string,
  faults: FaultList,
): void => {
  const file = packagePaths.contents;
  const { content, caseRef } = request;
  if (contents.request !== requestDigest) faults.add('contents-disagree', { file }, 'it is for another request');
  if (contents.package !== content.package) faults.add('contents-disagree', { file }, 'it names another package');
  if (contents.case !== content.case || (caseRef ?? content.case) !== content.case) {
    faults.add('contents-disagree', { file }, 'it names another case than the request');
  }
  const packed = new Map<string, ContentsFile>();
  for (const each of contents.files) {
    if (each.item === undefined) continue;
    const key = `${each.role} ${each.item}`;
    if (packed.has(key)) faults.add('contents-disagree', { file: each.path }, 'the item is there twice');
    packed.set(key, each);
  }
  for (const { id, as, sha256, bytes } of content.items) {
    const found = packed.get(`${as} ${id}`);
    packed.delete(`${as} ${id}`);
    if (found === undefined) faults.add('contents-disagree', { file }, `it lacks the ${as} of item ${id}`);
    else if ((found.plain ?? found).sha256 !== sha256 || (found.plain ?? found).bytes !== bytes) {
      faults.add('contents-disagree', { file: found.path }, 'it is not the item that was approved');
    }
  }
  for (const { path } of packed.values()) {
    faults.add('contents-disagree', { file: path }, 'nobody asked for this item');
  }
};

/** @param text of bag-info.txt */
export const checkBagInfo = (text: string, contents: Contents, inventory: Inventory, faults: FaultList): void => {
  let bytes = 0n;
  let files = 0;
  for (const [path, size] of inventory) {
    if (scopeOf(path) !== 'payload') continue;
    bytes += size;
    files++;
  }
  const file = packagePaths.bagInfo;
  if (faults.isKnown(file) === 'known' || text === formatBagInfo(contents, { bytes, files })) return;
  faults.add('contents-disagree', { file }, 'it does not say what contents.json and the files say');
};
