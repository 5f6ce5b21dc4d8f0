import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Hit, Job, JobEnd, JobLock, RecoveryEngine } from '../recovery-engine.js';
import { batchesOf, type HashcatBatch } from './batches.js';
import { readOutfile } from './outfile.js';

export interface HashcatEngine extends RecoveryEngine {
  /** The best that it found. */
  readonly device: 'graphics' | 'processor';
}

export interface HashcatOptions {
  /** The program, found on the path when left out. */
  readonly program?: string;
  /** A private folder for lists and results, in memory where there is one; emptied after each batch. */
  readonly scratch?: string;
}

/** hashcat's own. It also ends with 2 to 5 when it breaks off by itself: that is no result. */
const ends: Readonly<Record<number, 'found' | 'exhausted'>> = { 0: 'found', 1: 'exhausted' };

/**
 * hashcat as a sub-process, on a GPU where there is one and on processors through PoCL. Words for one lock or many go
 * through mode `-a 0`, pairs through the association mode `-a 9`, which puts a lock on each work item (forensics.md
 * §2.5). Potfile, log and restore files are off, since they would keep plaintexts.
 * @returns `undefined` where the program is not installed
 */
export const openHashcatEngine = async (options: HashcatOptions = {}): Promise<HashcatEngine | undefined> => {
  const program = options.program ?? 'hashcat';
  const scratch = options.scratch ?? tmpdir();
  const version = await answerOf(program, ['--version']);
  if (version === undefined) return undefined;
  const devices = await answerOf(program, ['--backend-info', '--quiet']);
  await removeLeft(scratch);
  return {
    name: `hashcat ${version.trim().replace(/^v/, '')}`,
    device: /Type\.+: GPU/.test(devices ?? '') ? 'graphics' : 'processor',
    canCheck: ({ hashcat }) => (hashcat.kind === 'line' ? 'yes' : 'no'),
    close: () => Promise.resolve(),
    run: async (job, { signal, onProgress } = {}): Promise<JobEnd> => {
      const hits: Hit[] = [];
      let checks = 0;
      const report = () => ({
        hits,
        checks,
        unchecked: locksOf(job)
          .filter(({ hashcat }) => hashcat.kind === 'none')
          .map(({ id }) => id),
      });
      for (const batch of batchesOf(job)) {
        if (signal?.aborted === true) return { kind: 'stopped', report: report() };
        const result = await runBatch(program, batch, scratch, signal);
        if (result.kind === 'broken') return result;
        hits.push(...result.hits);
        checks += batch.checks;
        onProgress?.({ checks });
        if (result.kind === 'stopped') return { kind: 'stopped', report: report() };
      }
      return { kind: 'finished', report: report() };
    },
  };
};

const locksOf = (job: Job): readonly JobLock[] =>
  job.kind === 'words' ? job.locks : job.pairs.map(({ lock }) => lock);

type BatchEnd =
  | { readonly kind: 'finished' | 'stopped'; readonly hits: readonly Hit[] }
  | { readonly kind: 'broken'; readonly why: string };

const runBatch = async (
  program: string,
  batch: HashcatBatch,
  scratch: string,
  signal: AbortSignal | undefined,
): Promise<BatchEnd> => {
  const folder = await mkdtemp(path.join(scratch, `${folderName}${process.pid}-`));
  const file = (name: string): string => path.join(folder, name);
  try {
    await writeFile(file('locks'), `${batch.lines.join('\n')}\n`, { mode: 0o600 });
    await writeFile(file('words'), `${batch.words.map(asWord).join('\n')}\n`, { mode: 0o600 });
    const { code, said } = await execute(
      program,
      [
        '--hash-type',
        String(batch.mode),
        '--attack-mode',
        batch.attack,
        '--potfile-disable',
        '--logfile-disable',
        '--restore-disable',
        '--quiet',
        '--self-test-disable',
        // The plaintext in hexadecimal, so that no word can look like something else.
        '--outfile',
        file('found'),
        '--outfile-format',
        '1,3',
        '--session',
        path.basename(folder),
        file('locks'),
        file('words'),
      ],
      folder,
      signal,
    );
    const end = signal?.aborted === true ? 'stopped' : ends[code];
    if (end === undefined) return { kind: 'broken', why: `hashcat ended with ${code}: ${said}` };
    const found = await readFile(file('found'), 'utf8').catch(() => '');
    return { kind: end === 'stopped' ? 'stopped' : 'finished', hits: readOutfile(found, batch.locksByLine) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** A word with bytes that would end a line, or that looks like hashcat's own notation, is written in that notation. */
const asWord = (word: string): string =>
  /[\r\n]|^\$HEX\[/.test(word) ? `$HEX[${Buffer.from(word).toString('hex')}]` : word;

const saidKept = 400;

const execute = (
  program: string,
  parameters: readonly string[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly code: number; readonly said: string }> =>
  new Promise((resolve) => {
    // Its standard input stays open and silent: from one at its end it takes keys that nobody pressed, and skips words.
    const child = spawn(program, parameters, { cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    const stop = (): void => void child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said = (said + piece).slice(-saidKept);
    });
    child.on('error', (error) => resolve({ code: -1, said: error.message }));
    child.on('close', (code, killed) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code: code ?? -1, said: killed === null ? said.trim() : `${killed} ${said}`.trim() });
    });
  });

const answerOf = (program: string, parameters: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
    });
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? said : undefined));
  });

/** Followed by the process that it belongs to. */
const folderName = 'tutela-hashcat-';

/**
 * A process that was killed could not remove its lists (test: "what a killed process left is removed (skipped: needs
 * hashcat)").
 */
const removeLeft = async (scratch: string): Promise<void> => {
  for (const name of await readdir(scratch)) {
    if (!name.startsWith(folderName) || isAlive(Number.parseInt(name.slice(folderName.length), 10))) continue;
    await rm(path.join(scratch, name), { recursive: true, force: true });
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
