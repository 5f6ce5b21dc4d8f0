export interface ZipLimits {
  readonly entries: number;
  /** Bytes of one entry, expanded. */
  readonly entryBytes: number;
  /** Bytes of all entries, expanded. */
  readonly totalBytes: number;
  /** Expanded bytes for each byte in the ZIP, once an entry or the whole is larger than `ratioFrom`. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

const MiB = 1024 * 1024;

export const defaultZipLimits: ZipLimits = {
  entries: 20_000,
  entryBytes: 64 * 1024 * MiB,
  totalBytes: 256 * 1024 * MiB,
  ratio: 200,
  ratioFrom: 32 * MiB,
};
