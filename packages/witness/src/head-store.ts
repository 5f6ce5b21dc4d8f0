import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Checkpoint, parseCheckpoint, parseNote } from '@tutela/ledger';
import { asidePrefix, makeOnce } from './durable.js';
import { WitnessError } from './witness-error.js';

/**
 * The newest cosigned head of each log, in a folder: `heads/<SHA-256 of the origin>/<number>`.
 *
 * Each head is a file of the next number, made once: that is the compare-and-set. It needs no lock, so nothing is left
 * locked by a kill, and several processes may share the folder (test: "of two processes and many requests from one old
 * size one wins, and all that was ever cosigned is one history, through kills").
 */
export interface HeadStore {
  readonly newest: (origin: string) => Promise<KeptHead | undefined>;
  /** Puts a head in the place of `before`, durably; `overtaken`: another one stands there meanwhile. */
  readonly follow: (origin: string, before: KeptHead | undefined, note: string) => Promise<'kept' | 'overtaken'>;
  /**
   * Keeps the first checkpoint that the log signed and that does not continue what was cosigned. One of the same size is
   * proof of two histories by itself; for another one the log still may have a better proof.
   */
  readonly keepRefused: (origin: string, note: string) => Promise<void>;
  readonly refused: (origin: string) => Promise<string | undefined>;
}

export interface KeptHead {
  readonly number: number;
  readonly checkpoint: Checkpoint;
  /** As the log signed it, with our cosignature. */
  readonly note: string;
}

/**
 * Heads that stay for a while. One who read a head, slept, and now makes the number after it must not find that number
 * free again: with so many kept, some of them is in any listing that begins afterwards.
 */
const keep = 16;

const refusedName = 'refused';

export const openHeadStore = (folder: string): HeadStore => {
  const folderOf = (origin: string): string =>
    path.join(folder, 'heads', createHash('sha256').update(origin, 'utf8').digest('hex'));

  const newest = async (origin: string): Promise<KeptHead | undefined> => {
    for (;;) {
      const number = (await numbersIn(folderOf(origin))).at(-1);
      if (number === undefined) return undefined;
      const note = await readIfThere(path.join(folderOf(origin), nameOf(number)));
      // Others have gone on meanwhile and cleared it away.
      if (note !== undefined) return { number, checkpoint: readHead(origin, note), note };
    }
  };

  const follow: HeadStore['follow'] = async (origin, before, note) => {
    const own = folderOf(origin);
    const number = (before?.number ?? 0) + 1;
    await mkdir(own, { recursive: true, mode: 0o700 });
    if ((await makeOnce(own, nameOf(number), note)) === 'there-already') return 'overtaken';
    const numbers = await numbersIn(own);
    if (numbers.at(-1) !== number) return 'overtaken';
    for (const old of numbers.slice(0, -keep)) await rm(path.join(own, nameOf(old)), { force: true });
    return 'kept';
  };

  return {
    newest,
    follow,
    keepRefused: async (origin, note) => void (await makeOnce(folderOf(origin), refusedName, note)),
    refused: (origin) => readIfThere(path.join(folderOf(origin), refusedName)),
  };
};

/** Removes what a kill left unfinished. Another process's unfinished file may go too: its request then fails once. */
export const clearUnfinished = async (folder: string): Promise<void> => {
  const heads = path.join(folder, 'heads');
  for (const entry of await namesIn(heads)) {
    for (const name of await namesIn(path.join(heads, entry))) {
      if (name.startsWith(asidePrefix)) await rm(path.join(heads, entry, name), { force: true });
    }
  }
};

const nameOf = (number: number): string => String(number).padStart(12, '0');

const numbersIn = async (folder: string): Promise<readonly number[]> =>
  (await namesIn(folder))
    .filter((name) => /^\d{12}$/.test(name))
    .map(Number)
    .sort((one, other) => one - other);

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(noneIfMissing([]));
const readIfThere = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch(noneIfMissing(undefined));

const noneIfMissing =
  <None>(none: None) =>
  (error: unknown): None => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return none;
    throw error;
  };

const readHead = (origin: string, note: string): Checkpoint => {
  const parsed = parseNote(note);
  const checkpoint = parsed.kind === 'done' ? parseCheckpoint(parsed.value.text) : parsed;
  if (checkpoint.kind === 'done' && checkpoint.value.origin === origin) return checkpoint.value;
  throw new WitnessError('spoilt', `the kept head of ${origin} cannot be read; restore the witness's folder`);
};
