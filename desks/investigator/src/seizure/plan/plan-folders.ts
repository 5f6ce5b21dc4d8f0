import { digestOfPath, folderAbove, fromBase64, type RawPath, toBase64 } from '../paths.js';
import type { UnitLocator } from '../unit-locator.js';
import { type FolderListing, listFolder } from './list-folder.js';
import {
  examine,
  folderRefusal,
  largeUnit,
  mayName,
  type PlanDeps,
  type PlannedFile,
  type PlannedUnit,
  type Refusal,
  refusalsIn,
  sharesFor,
  sumOf,
  type UnitPlan,
} from './plan.js';

/** What is left of a walk is told to this many units, so that the work spreads fast and small folders stay together. */
const fanOut = 16;
const mostFolders = 4096;

/**
 * Walks the folders and what lies below them, depth first, until the unit is full. Whatever is left then becomes units
 * of their own, and so do large files and the shares of a folder that no unit could hold.
 */
export const planFolders = async (deps: PlanDeps, given: readonly string[]): Promise<UnitPlan> => {
  const waiting = given.map(fromBase64).reverse();
  const files: PlannedFile[] = [];
  const units: PlannedUnit[] = [];
  const unreadableFolders: RawPath[] = [];
  const refused: Refusal[] = [];
  let bytes = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const refusal = folderRefusal(deps, folder);
    if (refusal !== undefined) {
      refused.push(refusal);
      continue;
    }
    if (mayName(deps, folder) === 'no') {
      units.push({ locator: wholeTree(folder) });
      continue;
    }
    const listing = await listFolder(deps.root, folder);
    if (listing === undefined) {
      unreadableFolders.push(folder);
      continue;
    }
    const found = examineFolder(deps, folder, listing);
    const isFull =
      files.length + found.files.length > deps.options.unitFiles || bytes + found.bytes > deps.options.unitBytes;
    if (isFull && files.length > 0) {
      waiting.push(folder);
      break;
    }
    files.push(...found.files);
    units.push(...found.units);
    bytes += found.bytes;
    refused.push(...found.refused);
    waiting.push(...[...listing.folders].reverse());
  }
  const left = waiting.reverse().flatMap((folder) => {
    if (mayName(deps, folder) === 'yes') return [folder];
    units.push({ locator: wholeTree(folder) });
    return [];
  });
  return { files, units: [...units, ...folderUnits(left)], refused, unreadableFolders };
};

interface FolderFound {
  readonly files: readonly PlannedFile[];
  readonly units: readonly PlannedUnit[];
  readonly bytes: number;
  readonly refused: readonly Refusal[];
}

const examineFolder = (deps: PlanDeps, folder: RawPath, listing: FolderListing): FolderFound => {
  const count = listing.files.length;
  if (count > deps.options.unitFiles)
    return { files: [], units: shares(folder, sharesFor(count, 0, deps.options), count), bytes: 0, refused: [] };
  const all = listing.files.map((path) => examine(deps, path));
  const files = all.flatMap((one) => (one.kind === 'planned' ? [one.file] : []));
  const units = all.flatMap((one) => (one.kind === 'large' ? [largeUnit(one.file)] : []));
  const refused = refusalsIn(all);
  const bytes = sumOf(files);
  const parts = sharesFor(files.length, bytes, deps.options);
  // A share finds the large files again: they are its own units then.
  if (parts > 1) return { files: [], units: shares(folder, parts, count), bytes: 0, refused: [] };
  return { files, units, bytes, refused };
};

/** A tree whose folders may not be named in a unit, or a row. */
const wholeTree = (folder: RawPath): UnitLocator => ({
  kind: 'unlisted',
  above: toBase64(folderAbove(folder)),
  folderSha256: digestOfPath(folder),
  share: { part: 0, parts: 1 },
});

const shares = (folder: RawPath, parts: number, files: number): readonly PlannedUnit[] =>
  Array.from({ length: parts }, (_, part) => ({
    locator: { kind: 'part', folder: toBase64(folder), part, parts },
    expectedFiles: Math.round(files / parts),
  }));

const folderUnits = (folders: readonly RawPath[]): readonly PlannedUnit[] => {
  const together = Math.min(mostFolders, Math.max(1, Math.ceil(folders.length / fanOut)));
  return Array.from({ length: Math.ceil(folders.length / together) }, (_, at) => ({
    locator: { kind: 'folders', folders: folders.slice(at * together, (at + 1) * together).map(toBase64) },
  }));
};
