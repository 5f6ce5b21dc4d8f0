/** What the command line ends with (integrity-interface-style.md §8). "Nothing matched" is `done`. */
export const exitCodes = {
  done: 0,
  /** Evidence or a verification failed. */
  refuted: 1,
  usage: 2,
  /** The input could not be read. */
  unreadable: 3,
  /** Finished, with items undecided or over a limit. */
  undecided: 4,
  unauthorised: 5,
  remoteRefused: 6,
  internal: 70,
  interrupted: 130,
} as const;

export type Ending = keyof typeof exitCodes;
