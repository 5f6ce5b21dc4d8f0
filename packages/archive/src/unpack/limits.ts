/** What one unpacking may use. Reaching one is a finding, never a success. */
export interface UnpackLimits {
  /** Of all members together. */
  readonly bytes: number;
  /** Of the unpacked bytes to those of the archive. */
  readonly ratio: number;
  readonly members: number;
  readonly milliseconds: number;
  /** Of the process that unpacks: RLIMIT_DATA. */
  readonly memoryBytes: number;
}

export const defaultUnpackLimits: UnpackLimits = {
  bytes: 64 * 2 ** 30,
  ratio: 1000,
  members: 1_000_000,
  milliseconds: 6 * 3_600_000,
  memoryBytes: 3 * 2 ** 30,
};
