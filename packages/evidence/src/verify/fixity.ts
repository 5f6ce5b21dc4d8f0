import {
  type ManifestAlgorithm,
  manifestAlgorithms,
  manifestPath,
  packagePaths,
  scopeOf,
  verifierPaths,
} from '../format/index.js';
import type { DigestingReader, TakenDigest } from './digesting.js';
import type { FaultList } from './fault.js';
import type { Inventory } from './inventory.js';
import type { Listed, Manifests } from './manifests.js';

/** Files that are in every package, whatever its manifests say. */
const always: readonly string[] = [
  ...Object.values(packagePaths),
  ...verifierPaths,
  ...manifestAlgorithms.flatMap((algorithm) => [manifestPath('tag', algorithm), manifestPath('payload', algorithm)]),
];

interface Fixity {
  readonly inventory: Inventory;
  readonly manifests: Manifests;
  readonly taken: DigestingReader['taken'];
  /** What contents.json says of sizes. */
  readonly expectedBytes: ReadonlyMap<string, bigint>;
}

/** Every file against both manifests. All files have been read. */
export const checkFixity = ({ inventory, manifests, taken, expectedBytes }: Fixity, faults: FaultList): void => {
  const strangers = strangersIn(inventory, manifests, taken);
  const ownerOf = new Map([...manifests].flatMap(([path, { sha512 }]) => (sha512 ? [[sha512, path] as const] : [])));
  for (const path of new Set([...manifests.keys(), ...always])) {
    if (inventory.has(path)) continue;
    const renamed = takeOne(strangers, manifests.get(path)?.sha512);
    if (renamed === undefined) faults.add('file-missing', { file: path }, 'it is not there');
    else faults.add('file-renamed', { file: path }, `it is now ${renamed}`);
  }
  for (const paths of strangers.values()) {
    for (const path of paths) faults.add('file-added', { file: path }, 'no manifest names it');
  }
  for (const [path, listed] of manifests) {
    const found = taken(path);
    if (found === undefined) compareAbsent(path, listed, faults);
    else comparePresent({ path, listed, found, expected: expectedBytes.get(path), ownerOf }, faults);
  }
};

/** Files that no manifest names, by SHA-512. */
const strangersIn = (inventory: Inventory, manifests: Manifests, taken: DigestingReader['taken']) => {
  const strangers = new Map<string, string[]>();
  for (const path of inventory.keys()) {
    if (manifests.has(path) || scopeOf(path) === undefined) continue;
    const digest = taken(path)?.sha512 ?? '';
    strangers.set(digest, [...(strangers.get(digest) ?? []), path]);
  }
  return strangers;
};

const takeOne = (strangers: ReadonlyMap<string, string[]>, digest: string | undefined): string | undefined =>
  digest === undefined ? undefined : strangers.get(digest)?.shift();

/** A file that is not there, and that only one of two manifests names. */
const compareAbsent = (path: string, listed: Listed, faults: FaultList): void => {
  const naming = manifestAlgorithms.filter((algorithm) => listed[algorithm] !== undefined);
  if (naming.length === 2) return;
  const file = manifestPath(scopeOf(path) ?? 'tag', naming[0] as ManifestAlgorithm);
  faults.add('manifests-disagree', { file }, `it names ${path}, which the other does not, and which is not there`);
};

interface Comparison {
  readonly path: string;
  readonly listed: Listed;
  readonly found: TakenDigest;
  readonly expected: bigint | undefined;
  readonly ownerOf: ReadonlyMap<string, string>;
}

const comparePresent = ({ path, listed, found, expected, ownerOf }: Comparison, faults: FaultList): void => {
  const differing = manifestAlgorithms.filter((algorithm) => listed[algorithm] !== found[algorithm]);
  if (differing.length === 0) return;
  if (differing.length === 1) {
    const [algorithm] = differing as [ManifestAlgorithm];
    const other = manifestAlgorithms.find((each) => each !== algorithm) as ManifestAlgorithm;
    const says = listed[algorithm] === undefined ? 'it does not name' : 'it has another digest for';
    const file = manifestPath(scopeOf(path) ?? 'tag', algorithm);
    faults.add('manifests-disagree', { file }, `${says} ${path}, which is as ${other} has it`);
    return;
  }
  const named = `${found.bytes} bytes`;
  const owner = ownerOf.get(found.sha512);
  if (owner !== undefined) faults.add('file-changed', { file: path }, `it holds what ${owner} should hold`);
  else if (found.bytes === 0n) faults.add('file-truncated', { file: path }, 'nothing is left of it');
  else if (expected !== undefined && found.bytes < expected) {
    faults.add('file-truncated', { file: path }, `${named} of ${expected}`);
  } else if (found.expectedPart !== undefined && found.expectedPart === listed.sha512) {
    faults.add('file-extended', { file: path }, `${named}, of which the first ${expected} are as they were`);
  } else faults.add('file-changed', { file: path }, `${named}; the digests differ`);
};
