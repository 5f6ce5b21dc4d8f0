import { digestOfPath, type RawPath, shareOf } from '../paths.js';
import type { FolderListing } from './list-folder.js';

export interface Share {
  readonly root: Buffer;
  readonly folder: RawPath;
  readonly part: number;
  readonly parts: number;
}

/** Remembers how the last large folder was divided: its shares are worked on one after another by the same process. */
export interface ShareCache {
  readonly share: (
    share: Share,
    list: () => Promise<FolderListing | undefined>,
  ) => Promise<readonly RawPath[] | undefined>;
}

const separator = Buffer.from([0]);
const keepMilliseconds = 10 * 60_000;

export const newShareCache = (): ShareCache => {
  let kept:
    | { readonly key: string; readonly until: number; readonly shares: Promise<Buffer[] | undefined> }
    | undefined;
  return {
    share: async ({ root, folder, part, parts }, list) => {
      const key = `${root.toString('hex')}/${folder.toString('hex')}/${parts}`;
      if (kept === undefined || kept.key !== key || performance.now() > kept.until)
        kept = { key, until: performance.now() + keepMilliseconds, shares: divide(list(), parts) };
      const shares = await kept.shares;
      return shares === undefined ? undefined : split(shares[part] ?? Buffer.alloc(0));
    },
  };
};

/** Joined, since a million small buffers would take more room than their names. */
const divide = async (listed: Promise<FolderListing | undefined>, parts: number): Promise<Buffer[] | undefined> => {
  const listing = await listed;
  if (listing === undefined) return undefined;
  const shares: Buffer[][] = Array.from({ length: parts }, () => []);
  for (const path of listing.files) shares[shareOf(digestOfPath(path), parts)]?.push(path, separator);
  return shares.map((own) => Buffer.concat(own));
};

const split = (joined: Buffer): RawPath[] => {
  const paths: RawPath[] = [];
  for (let from = 0, to = joined.indexOf(0); to !== -1; from = to + 1, to = joined.indexOf(0, from))
    paths.push(joined.subarray(from, to));
  return paths;
};
