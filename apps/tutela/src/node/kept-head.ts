import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseCheckpoint, parseNote } from '@tutela/ledger';

/**
 * The newest signed head, outside of the database: without one, a ledger that was cut at its end looks like a shorter
 * ledger. Whoever wants more keeps what `tutela ledger head` prints on another machine.
 */
export interface KeptHead {
  readonly read: () => string | undefined;
  readonly keep: (note: string) => void;
}

export const keptHead = (dataFolder: string): KeptHead => {
  const file = path.join(dataFolder, 'ledger-head');
  const read = (): string | undefined => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
  const keep = (note: string): void => {
    // Several processes sequence by turns: an older head must not take the place of a newer one.
    if (sizeOf(note) <= sizeOf(read() ?? '')) return;
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, note, { mode: 0o600 });
    renameSync(aside, file);
  };
  return { read, keep };
};

const sizeOf = (note: string): bigint => {
  const parsed = parseNote(note);
  if (parsed.kind !== 'done') return -1n;
  const checkpoint = parseCheckpoint(parsed.value.text);
  return checkpoint.kind === 'done' ? checkpoint.value.size : -1n;
};
