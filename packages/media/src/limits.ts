/** What one input may cost. Reaching a limit ends in `too-large`, `timed-out` or `crashed`, never in a guess. */
export interface DecodeLimits {
  /** Longest input, in bytes. */
  readonly inputBytes: number;
  /** Width times height as stored. */
  readonly pixels: number;
  /** From the start of decoding to its end. */
  readonly milliseconds: number;
  /** Private memory of a decoder process, in bytes (RLIMIT_DATA, where `prlimit` exists); Node 24 starts with 0.6 GB. */
  readonly memoryBytes: number;
  /** Inputs that may wait for a process; further ones end in `busy`. */
  readonly waiting: number;
  /** A decoder process is replaced after as many inputs. */
  readonly inputsPerProcess: number;
}

export const defaultLimits: DecodeLimits = {
  inputBytes: 128 << 20,
  pixels: 200_000_000,
  milliseconds: 20_000,
  memoryBytes: 2 ** 31,
  waiting: 256,
  inputsPerProcess: 20_000,
};

/** The second lane: loaders that are trusted less get less, and a young process. */
export const strictLimits = (limits: DecodeLimits): DecodeLimits => ({
  ...limits,
  inputBytes: Math.min(limits.inputBytes, 64 << 20),
  pixels: Math.min(limits.pixels, 50_000_000),
  milliseconds: Math.min(limits.milliseconds, 10_000),
  memoryBytes: Math.min(limits.memoryBytes, 2 ** 30),
  inputsPerProcess: Math.min(limits.inputsPerProcess, 200),
});
