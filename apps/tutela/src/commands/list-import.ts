import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type BadLine, HashListError } from '@tutela/hashlist';
import { PlatformError } from '@tutela/platform-desk';
import { actorOf } from '../config/actor.js';
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
const formats =
  'Name a CSV, JSON, JSONL, md5sum, sha1sum, sha256sum or NCMEC v2 file; tutela hash makes one of your own files.';

/** Stores a file of hashes as the newest version of a list; ends as `undecided` when any line was no entry. */
export default async function listImport(this: TutelaContext, flags: ListImportFlags, file: string): Promise<void> {
  const from = path.resolve(this.folder, file);
  const found = await stat(from).catch(() => undefined);
  if (!found?.isFile()) {
    const what = found === undefined ? 'There is no such file' : 'This is no file';
    throw new TutelaError('unreadable', `${what}: ${from}`, formats);
  }
  const { summary, version } = await withWorkplace(this, flags, 'writes', async ({ desks }) => {
    let bad = 0;
    const onBadLine = ({ line, code, message, text }: BadLine): void => {
      if (++bad <= badLinesTold)
        this.log(`line ${line}: ${message}${code === 'ambiguous-hash' ? ' (--hex64)' : ''}: ${printable(text)}`);
    };
    const hex64 = flags.hex64 === undefined ? {} : { hex64: flags.hex64 };
    const asked = { path: from, name: flags.name, actor: actorOf(this.env), onBadLine, ...hex64 };
    return desks.platform.importList(asked).catch(explain);
  });
  const { format, entries, duplicates, bad, kinds, flags: flagged } = summary;
  if (flags.json) printJson(this, { v: 1, version: version.id, name: flags.name, ...summary });
  else {
    const hashes = Object.entries(kinds).filter(([, count]) => count > 0);
    const counts = hashes.map(([kind, count]) => `${count.toLocaleString('en')} ${kind}`).join(', ');
    const aside = flagged['pdq-constant'] + flagged['pdq-low-quality'];
    this.process.stdout.write(
      `${flags.name}: ${entries.toLocaleString('en')} entries (${counts}) read as ${format}; ${duplicates} duplicates, ` +
        `${bad} lines refused, ${aside} of the PDQ hashes not used because they are too plain\n`,
    );
  }
  if (kinds.pdq === 0) this.log('This list has no PDQ hashes: only identical files can be found, no edited copies.');
  if (bad > 0) endAs(this, 'undecided');
}

const explain = (error: unknown): never => {
  const unusable = error instanceof HashListError || (error instanceof PlatformError && error.code === 'empty-list');
  if (!unusable) throw error;
  throw new TutelaError('unreadable', error.message, 'The list is as it was. Correct the file and import it again.', {
    cause: error,
  });
};
