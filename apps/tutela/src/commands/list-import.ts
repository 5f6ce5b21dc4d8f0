import { stat } from 'node:fs/promises';
import path from 'node:path';
import { HashListError } from '@tutela/hashlist';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { printable } from '../output/printable.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ListImportFlags extends DataFlags {
  readonly name: string;
  readonly hex64?: 'sha256' | 'pdq';
  readonly json: boolean;
}

const badLinesTold = 20;

/** Stores a file of hashes as the newest version of a list; ends as `undecided` when any line was no entry. */
export default async function listImport(this: TutelaContext, flags: ListImportFlags, file: string): Promise<void> {
  const from = path.resolve(this.folder, file);
  if (!(await stat(from).catch(() => undefined))?.isFile()) {
    throw new TutelaError(
      'unreadable',
      `There is no such file: ${from}`,
      'Name a CSV, JSON, JSONL, md5sum or NCMEC v2 file.',
    );
  }
  const { summary, version } = await withWorkplace(this, flags, 'writes', async ({ desks }) => {
    let bad = 0;
    const onBadLine = ({ line, message, text }: { line: number; message: string; text: string }): void => {
      if (++bad <= badLinesTold) this.log(`line ${line}: ${message}: ${printable(text)}`);
    };
    const hex64 = flags.hex64 === undefined ? {} : { hex64: flags.hex64 };
    const asked = { path: from, name: flags.name, actor: 'operator', onBadLine, ...hex64 };
    return desks.platform.importList(asked).catch(explain);
  });
  const { format, entries, duplicates, bad, kinds, flags: flagged } = summary;
  if (flags.json) printJson(this, { v: 1, version: version.id, name: flags.name, ...summary });
  else {
    const hashes = Object.entries(kinds).filter(([, count]) => count > 0);
    const counts = hashes.map(([kind, count]) => `${count.toLocaleString('en')} ${kind}`).join(', ') || 'no hashes';
    const aside = flagged['pdq-constant'] + flagged['pdq-low-quality'];
    this.process.stdout.write(
      `${flags.name}: ${entries.toLocaleString('en')} entries (${counts}), ${duplicates} doubled, ${bad} bad lines, ` +
        `${aside} PDQ hashes set aside as too plain (${format ?? 'empty file'})\n`,
    );
  }
  if (bad > 0) endAs(this, 'undecided');
}

const explain = (error: unknown): never => {
  if (!(error instanceof HashListError)) throw error;
  throw new TutelaError('unreadable', error.message, 'Nothing was stored. Correct the file and import it again.', {
    cause: error,
  });
};
