import { digestOfPath, fromBase64, type RawPath, rootPath, shareOf } from '../paths.js';
import type { UnitLocator } from '../unit-locator.js';
import { listFolder } from './list-folder.js';
import {
  examine,
  folderRefusal,
  largeUnit,
  type PlanDeps,
  type PlannedFile,
  type PlannedUnit,
  type Refusal,
  refusalsIn,
  sharesFor,
  sumOf,
  type UnitPlan,
} from './plan.js';
import type { ShareCache } from './share-cache.js';

type Part = Extract<UnitLocator, { readonly kind: 'part' }>;
type Unlisted = Extract<UnitLocator, { readonly kind: 'unlisted' }>;

const none: UnitPlan = { files: [], units: [], refused: [], unreadableFolders: [] };

/** A share of the files that lie directly in a folder. One that turns out too large is divided again. */
export const planPart = async (deps: PlanDeps, cache: ShareCache, { folder, part, parts }: Part): Promise<UnitPlan> => {
  const path = fromBase64(folder);
  const refusal = folderRefusal(deps, path);
  if (refusal !== undefined) return { ...none, refused: [refusal] };
  const own = await cache.share({ root: deps.root, folder: path, part, parts }, () => listFolder(deps.root, path));
  if (own === undefined) return { ...none, unreadableFolders: [path] };
  const again = (finer: number): PlannedUnit[] =>
    Array.from({ length: finer }, (_, at) => ({
      locator: { kind: 'part', folder, part: part + at * parts, parts: parts * finer },
    }));
  return divide(deps, own, again, largeUnit);
};

export const planFile = async (deps: PlanDeps, path: RawPath): Promise<UnitPlan> => {
  const found = examine(deps, path);
  return found.kind === 'refused' ? { ...none, refused: [found] } : { ...none, files: [found.file] };
};

const divide = (
  deps: PlanDeps,
  paths: readonly RawPath[],
  again: (finer: number) => readonly PlannedUnit[],
  large: (file: PlannedFile) => PlannedUnit,
): UnitPlan => {
  const byNumber = sharesFor(paths.length, 0, deps.options);
  // A share is seldom exactly as large as another: twice as many are no reason to divide it.
  if (byNumber > 2) return { ...none, units: again(byNumber) };
  const all = paths.map((path) => examine(deps, path));
  const files = all.flatMap((one) => (one.kind === 'planned' ? [one.file] : []));
  const units = all.flatMap((one) => (one.kind === 'large' ? [large(one.file)] : []));
  const finer = Math.min(files.length, sharesFor(0, sumOf(files), deps.options));
  if (finer > 2) return { ...none, units: again(finer) };
  return { files, units, refused: refusalsIn(all), unreadableFolders: [] };
};

/** A share of a whole tree whose names may not be kept, so that no unit can be named after a folder in it. */
export const planUnlisted = async (
  deps: PlanDeps,
  { above, folderSha256, share }: Unlisted,
  mayGoOn: () => Promise<'goes-on' | 'stops'>,
): Promise<UnitPlan | 'stopped'> => {
  const top = await findFolder(deps.root, fromBase64(above), folderSha256);
  if (top === undefined) return none;
  const tree = await walkTree(deps, top, mayGoOn);
  if (tree === 'stopped') return 'stopped';
  if ('only' in share) {
    const path = tree.paths.find((one) => digestOfPath(one) === share.only);
    return path === undefined ? none : planFile(deps, path);
  }
  const { part, parts } = share;
  const isOwn = (path: RawPath): boolean => shareOf(digestOfPath(path), parts) === part;
  const unlisted = (of: Unlisted['share']): UnitLocator => ({ kind: 'unlisted', above, folderSha256, share: of });
  const again = (finer: number): PlannedUnit[] =>
    Array.from({ length: finer }, (_, at) => ({
      locator: unlisted({ part: part + at * parts, parts: parts * finer }),
    }));
  const large = ({ pathSha256, size }: PlannedFile): PlannedUnit => ({
    locator: unlisted({ only: pathSha256 }),
    expectedFiles: 1,
    expectedBytes: size,
  });
  const divided = divide(deps, tree.paths.filter(isOwn), again, large);
  if (divided.units.some(({ locator }) => locator.kind === 'unlisted' && 'parts' in locator.share)) return divided;
  return {
    ...divided,
    refused: [...divided.refused, ...tree.refused.filter(({ path }) => isOwn(path))],
    unreadableFolders: tree.unreadableFolders.filter(isOwn),
  };
};

const findFolder = async (root: Buffer, above: RawPath, folderSha256: string): Promise<RawPath | undefined> => {
  if (digestOfPath(rootPath) === folderSha256) return rootPath;
  const listing = await listFolder(root, above);
  return listing?.folders.find((folder) => digestOfPath(folder) === folderSha256);
};

interface Tree {
  readonly paths: readonly RawPath[];
  readonly unreadableFolders: readonly RawPath[];
  readonly refused: readonly Refusal[];
}

const walkTree = async (
  deps: PlanDeps,
  from: RawPath,
  mayGoOn: () => Promise<'goes-on' | 'stops'>,
): Promise<Tree | 'stopped'> => {
  const waiting = [from];
  const paths: RawPath[] = [];
  const unreadableFolders: RawPath[] = [];
  const refused: Refusal[] = [];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if ((await mayGoOn()) === 'stops') return 'stopped';
    const refusal = folderRefusal(deps, folder);
    if (refusal !== undefined) {
      refused.push(refusal);
      continue;
    }
    const listing = await listFolder(deps.root, folder);
    if (listing === undefined) unreadableFolders.push(folder);
    else {
      paths.push(...listing.files);
      waiting.push(...[...listing.folders].reverse());
    }
  }
  return { paths, unreadableFolders, refused };
};
