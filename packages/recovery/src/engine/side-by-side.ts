import { millisecondsOf } from './check-cost.js';
import type { HashcatEngine } from './hashcat/hashcat-engine.js';
import type { Job, JobEnd, JobLock, JobReport, RecoveryEngine } from './recovery-engine.js';

/** hashcat takes seconds to begin: work that is done sooner here, in milliseconds of one processor, is. */
const worthBeginning = 20_000;

/** RAR5 and ZIP; of RAR3 and 7z this program does more on a processor than hashcat there (forensics.md §2.4). */
const fasterOnProcessor: ReadonlySet<number> = new Set([13_000, 13_600, 17_200, 17_210, 17_220, 17_225]);

/** Both engines as one: hashcat gets what it is worth beginning for, by mode, the embedded one all else. */
export const sideBySide = (hashcat: HashcatEngine, embedded: RecoveryEngine): RecoveryEngine => ({
  name: `${hashcat.name} and ${embedded.name}`,
  canCheck: (lock) => (hashcat.canCheck(lock) === 'yes' ? 'yes' : embedded.canCheck(lock)),
  close: async () => {
    await hashcat.close();
    await embedded.close();
  },
  run: async (job, options = {}) => {
    const takes = takenBy(hashcat, embedded, job);
    let report: JobReport = { hits: [], checks: 0, unchecked: [] };
    for (const [engine, part] of [
      [hashcat, partOf(job, (lock) => takes(lock))],
      [embedded, partOf(job, (lock) => !takes(lock))],
    ] as const) {
      if (part === undefined) continue;
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

/** Which locks of a job hashcat takes. */
const takenBy = (hashcat: HashcatEngine, embedded: RecoveryEngine, job: Job): ((lock: JobLock) => boolean) => {
  const work = new Map<number, number>();
  const add = ({ hashcat: line, check }: JobLock, words: number): void => {
    if (line.kind === 'line') work.set(line.mode, (work.get(line.mode) ?? 0) + words * millisecondsOf(check));
  };
  if (job.kind === 'words') for (const lock of job.locks) add(lock, job.words.length);
  else for (const { lock } of job.pairs) add(lock, 1);
  return (lock) => {
    if (hashcat.canCheck(lock) === 'no' || lock.hashcat.kind === 'none') return false;
    if (embedded.canCheck(lock) === 'no') return true;
    const { mode } = lock.hashcat;
    if (hashcat.device === 'processor' && !fasterOnProcessor.has(mode)) return false;
    return (work.get(mode) ?? 0) >= worthBeginning;
  };
};

const partOf = (job: Job, isIn: (lock: JobLock) => boolean): Job | undefined => {
  if (job.kind === 'words') {
    const locks = job.locks.filter(isIn);
    return locks.length === 0 ? undefined : { ...job, locks };
  }
  const pairs = job.pairs.filter(({ lock }) => isIn(lock));
  return pairs.length === 0 ? undefined : { ...job, pairs };
};
