/** What a checker takes in at most (docs/package-format.md, "Limits"): whoever writes a package chooses every number. */
export const limits = {
  /** Files of a package. */
  files: 1_000_000,
  pathBytes: 1000,
  segmentBytes: 255,
  segments: 32,
  /** Of a file that is read as one JSON value. */
  jsonBytes: 64 << 20,
  /** Of a line of events.jsonl. */
  lineBytes: 4 << 20,
  /** Nested lists and objects of a JSON value. */
  jsonDepth: 32,
  /** Of a manifest. */
  manifestBytes: 512 << 20,
  /** Of policy, checkpoint, bag-info.txt and bagit.txt. */
  textBytes: 256 << 10,
  /** Of a time stamp or the roots beside it. */
  tokenBytes: 1 << 20,
  approvals: 100,
  timestamps: 16,
} as const;
