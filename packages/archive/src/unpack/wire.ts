/** To the unpacking process, a line of JSON each on standard input: passwords are never on a command line. */
export interface UnpackRequest {
  readonly operation: 'extract' | 'test';
  /** The volumes in order, under names from which the next one follows. */
  readonly volumes: readonly { readonly name: string; readonly from: VolumeBytes }[];
  readonly password: string;
  readonly mostBytes: number;
  readonly mostMembers: number;
}

/** A file that the parent opened and the process inherited (it can open none itself), or Base64. */
export type VolumeBytes = { readonly descriptor: number; readonly bytes: number } | { readonly base64: string };

/** From it, on descriptor 3: a byte for the kind, the length in four little-endian bytes, the body. */
export const frameKinds = { member: 1, data: 2, end: 3, result: 4 } as const;
export const frameHeadBytes = 5;
export const longestFrame = 1 << 20;

/** The body of `result`. */
export interface UnpackResult {
  /** Of 7-Zip: 0 fine, 1 warning, 2 fatal, 7 command line, 8 memory. */
  readonly exitCode: number;
  /** What it said, shortened. */
  readonly words: string;
  readonly stoppedBy?: 'bytes' | 'members' | 'link' | 'order';
}
