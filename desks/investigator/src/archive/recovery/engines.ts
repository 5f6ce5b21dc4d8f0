import { openEmbeddedEngine, openHashcatEngine, type RecoveryEngine, sideBySide } from '@tutela/recovery';

export interface EngineChoice {
  /** Of the embedded engine. */
  readonly threads?: number;
  /** Program, or `hashcat` on the path; absent: not used. */
  readonly hashcat?: string;
}

/** `TUTELA_HASHCAT=1`, or the program's path. */
export const engineChoiceOf = (env: Readonly<Record<string, string | undefined>>): EngineChoice => {
  const named = env.TUTELA_HASHCAT;
  if (named === undefined || named === '' || named === '0') return {};
  return { hashcat: named === '1' ? 'hashcat' : named };
};

/** The embedded engine, and beside it hashcat where it was chosen, is installed and is worth beginning. */
export const openRecoveryEngine = async ({ threads, hashcat: program }: EngineChoice = {}): Promise<RecoveryEngine> => {
  const embedded = openEmbeddedEngine(threads === undefined ? {} : { threads });
  const hashcat = program === undefined ? undefined : await openHashcatEngine({ program });
  return hashcat === undefined ? embedded : sideBySide(hashcat, embedded);
};
