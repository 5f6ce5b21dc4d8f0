import { digestOfPath, type RawPath, rootPath } from '../../seizure/paths.js';
import { listFolder } from '../../seizure/plan/list-folder.js';

/** Finds files of a folder whose names are not kept, by the digest of their path. */
export interface UnlistedFinder {
  readonly find: (root: Buffer, pathSha256: string) => Promise<RawPath | undefined>;
}

const keepMilliseconds = 10 * 60_000;

/** Walks a source once and remembers it for a while: names stay in memory, and only of the last source asked for. */
export const newUnlistedFinder = (): UnlistedFinder => {
  let kept:
    | { readonly root: string; readonly until: number; readonly paths: Promise<ReadonlyMap<string, RawPath>> }
    | undefined;
  return {
    find: async (root, pathSha256) => {
      const key = root.toString('hex');
      if (kept === undefined || kept.root !== key || performance.now() > kept.until)
        kept = { root: key, until: performance.now() + keepMilliseconds, paths: walk(root) };
      return (await kept.paths).get(pathSha256);
    },
  };
};

const walk = async (root: Buffer): Promise<ReadonlyMap<string, RawPath>> => {
  const paths = new Map<string, RawPath>();
  const folders: RawPath[] = [rootPath];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const listing = await listFolder(root, folder);
    for (const file of listing?.files ?? []) paths.set(digestOfPath(file), file);
    folders.push(...(listing?.folders ?? []));
  }
  return paths;
};
