/** Paths below the source, parts joined by `/`, as base64 of their bytes: a file name need not be text. `''` is the root. */
export type Base64Path = string;

/** What a unit works on. A share holds the files whose `path_sha256`, as a number, leaves `part` when divided by `parts`. */
export type UnitLocator =
  | { readonly kind: 'folders'; readonly folders: readonly Base64Path[] }
  | { readonly kind: 'part'; readonly folder: Base64Path; readonly part: number; readonly parts: number }
  | { readonly kind: 'file'; readonly path: Base64Path }
  /**
   * The whole tree below a folder whose name may not be kept: it is known by the digest of its path, in the folder above.
   * `only` is one large file, by its `path_sha256`.
   */
  | {
      readonly kind: 'unlisted';
      readonly above: Base64Path;
      readonly folderSha256: string;
      readonly share: { readonly part: number; readonly parts: number } | { readonly only: string };
    }
  | { readonly kind: 'stream' }
  | { readonly kind: 'volume' }
  /** A share of the names in a volume of an image; `damaged` are bytes of the disk. */
  | {
      readonly kind: 'inodes';
      readonly offsetSectors: number;
      readonly part: number;
      readonly parts: number;
      readonly damaged: readonly { readonly from: number; readonly to: number }[];
    }
  | { readonly kind: 'prefix'; readonly prefix: string }
  /** Members of an archive; the desk's `archive/` makes and runs these. */
  | { readonly kind: 'archive'; readonly itemId: number };
