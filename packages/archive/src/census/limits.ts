/** Beyond these the census ends with `limit-reached`: a finding, never a success. */
export interface CensusLimits {
  readonly members: number;
  /** Bytes of a directory that is read at once (ZIP's central directory, the header of 7z). */
  readonly directoryBytes: number;
}

export const defaultCensusLimits: CensusLimits = { members: 1_000_000, directoryBytes: 256 << 20 };
