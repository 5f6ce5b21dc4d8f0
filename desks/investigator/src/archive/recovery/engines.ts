import {
  type JobEnd,
  type JobReport,
  openEmbeddedEngine,
  openHashcatEngine,
  type RecoveryEngine,
} from '@tutela/recovery';

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

/** The embedded engine, and beside it hashcat where it was chosen, is installed and has a line for a lock. */
export const openRecoveryEngine = async ({ threads, hashcat: program }: EngineChoice = {}): Promise<RecoveryEngine> => {
  const embedded = openEmbeddedEngine(threads === undefined ? {} : { threads });
  const hashcat = program === undefined ? undefined : await openHashcatEngine({ program });
  return hashcat === undefined ? embedded : sideBySide(hashcat, embedded);
};

const sideBySide = (first: RecoveryEngine, second: RecoveryEngine): RecoveryEngine => ({
  name: `${first.name} and ${second.name}`,
  canCheck: (lock) => (first.canCheck(lock) === 'yes' ? 'yes' : second.canCheck(lock)),
  close: async () => {
    await first.close();
    await second.close();
  },
  run: async (job, options = {}) => {
    const isFirst = (lock: Parameters<RecoveryEngine['canCheck']>[0]): boolean => first.canCheck(lock) === 'yes';
    let report: JobReport = { hits: [], checks: 0, unchecked: [] };
    for (const [engine, own] of [
      [first, isFirst],
      [second, (lock: Parameters<typeof isFirst>[0]) => !isFirst(lock)],
    ] as const) {
      const part =
        job.kind === 'words'
          ? { ...job, locks: job.locks.filter(own) }
          : { ...job, pairs: job.pairs.filter(({ lock }) => own(lock)) };
      if ('locks' in part ? part.locks.length === 0 : part.pairs.length === 0) continue;
      const end: JobEnd = await engine.run(part, options);
      if (end.kind === 'broken') return end;
      report = {
        hits: [...report.hits, ...end.report.hits],
        checks: report.checks + end.report.checks,
        unchecked: [...report.unchecked, ...end.report.unchecked],
      };
      if (end.kind === 'stopped') return { kind: 'stopped', report };
    }
    return { kind: 'finished', report };
  },
});
