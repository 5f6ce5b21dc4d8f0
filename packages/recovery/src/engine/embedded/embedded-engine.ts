import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Hit, Job, JobEnd, JobLock, RecoveryEngine } from '../recovery-engine.js';
import type { CheckAnswer, CheckTask } from './check-worker.js';

export interface EmbeddedOptions {
  /** As many as the machine has processors when left out. */
  readonly threads?: number;
}

interface Task {
  readonly lock: JobLock;
  readonly words: readonly string[];
}

/** Words that a thread checks before it hears of anything else: at 12 ms a check about a third of a second. */
const wordsAtOnce = 32;

/**
 * Always there: checks in threads of this process, without another program. Best for hints, siblings and what hashcat
 * has no line for; RAR3 and 7z are even faster here than there on a processor (forensics.md §2.4).
 */
export const openEmbeddedEngine = ({ threads = availableParallelism() }: EmbeddedOptions = {}): RecoveryEngine => {
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./check-worker.js', import.meta.url)));
  let lastId = 0;
  return {
    name: 'tutela embedded',
    canCheck: ({ check }) => (check.scheme === 'by-opening' ? 'no' : 'yes'),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
    run: async (job, { signal, onProgress } = {}): Promise<JobEnd> => {
      const hits = new Map<string, Hit>();
      const unchecked = new Set<string>();
      const tasks = tasksOf(job, (lock) => hits.has(lock.id) || unchecked.has(lock.id));
      let checks = 0;
      const report = () => ({ hits: [...hits.values()], checks, unchecked: [...unchecked] });
      const work = async (worker: Worker): Promise<void> => {
        for (const { lock, words } of tasks) {
          if (signal?.aborted === true) return;
          const answer = await ask(worker, { id: ++lastId, check: lock.check, words });
          checks += answer.checks;
          if (answer.unchecked === 'yes') unchecked.add(lock.id);
          if (answer.hit !== undefined) {
            hits.set(lock.id, { lockId: lock.id, word: words[answer.hit]!, grade: answer.grade ?? 'probable' });
          }
          onProgress?.({ checks });
        }
      };
      try {
        await Promise.all(workers.map(work));
      } catch (error) {
        return { kind: 'broken', why: error instanceof Error ? error.message : String(error) };
      }
      return { kind: signal?.aborted === true ? 'stopped' : 'finished', report: report() };
    },
  };
};

/** Shared by the threads: each takes the next. Words of a lock that has its hit are not handed out. */
function* tasksOf(job: Job, isSettled: (lock: JobLock) => boolean): Generator<Task> {
  if (job.kind === 'pairs') {
    for (const { lock, word } of job.pairs) if (!isSettled(lock)) yield { lock, words: [word] };
    return;
  }
  for (const lock of job.locks) {
    for (let at = 0; at < job.words.length && !isSettled(lock); at += wordsAtOnce) {
      yield { lock, words: job.words.slice(at, at + wordsAtOnce) };
    }
  }
}

const ask = (worker: Worker, task: CheckTask): Promise<CheckAnswer> =>
  new Promise((resolve, reject) => {
    const done = (act: () => void): void => {
      worker.off('message', heard);
      worker.off('error', failed);
      worker.off('exit', left);
      act();
    };
    const heard = (answer: CheckAnswer): void => done(() => resolve(answer));
    const failed = (error: Error): void => done(() => reject(error));
    const left = (): void => done(() => reject(new Error('a checking thread ended')));
    worker.on('message', heard).on('error', failed).on('exit', left);
    worker.postMessage(task);
  });
