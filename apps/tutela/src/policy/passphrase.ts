import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { TutelaContext } from '../context.js';
import { TutelaError } from '../tutela-error.js';

export interface PassphraseFlags {
  readonly passphraseFile?: string;
}

const shortest = 12;

/** Of a new key: long enough, and at a terminal given twice. @throws TutelaError `usage` */
export const newPassphrase = async (context: TutelaContext, flags: PassphraseFlags): Promise<string> => {
  const given = await passphrase(context, flags, 'Passphrase for the new key: ');
  if (given.text.length < shortest)
    throw new TutelaError(
      'usage',
      'The passphrase is too short.',
      `Give at least ${shortest} letters; five words are better.`,
    );
  if (given.from === 'terminal' && (await prompt('Again: ')) !== given.text)
    throw new TutelaError('usage', 'The two differ.', 'Run it again.');
  return given.text;
};

/** Of a key that is there: from the file named, from TUTELA_PASSPHRASE, or asked for at the terminal. */
export const knownPassphrase = async (context: TutelaContext, flags: PassphraseFlags): Promise<string> =>
  (await passphrase(context, flags, 'Passphrase: ')).text;

const passphrase = async (context: TutelaContext, { passphraseFile }: PassphraseFlags, asking: string) => {
  if (passphraseFile !== undefined) {
    const text = await readFile(path.resolve(context.folder, passphraseFile), 'utf8').catch((cause: unknown) => {
      throw new TutelaError('unreadable', `${passphraseFile} cannot be read.`, 'Look at its name.', { cause });
    });
    return { from: 'file', text: text.replace(/\r?\n$/, '') } as const;
  }
  const { TUTELA_PASSPHRASE: fromEnvironment = '' } = context.env;
  if (fromEnvironment !== '') return { from: 'environment', text: fromEnvironment } as const;
  if (process.stdin.isTTY) return { from: 'terminal', text: await prompt(asking) } as const;
  const advice = 'Give --passphrase-file or TUTELA_PASSPHRASE, or run it at a terminal.';
  throw new TutelaError('usage', 'There is nobody to ask for the passphrase.', advice);
};

/** Reads a line and shows nothing of it. */
const prompt = (asking: string): Promise<string> => {
  process.stderr.write(asking);
  const silent = new Writable({ write: (_, __, written) => written() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve) => {
    lines.question('', (text) => {
      lines.close();
      process.stderr.write('\n');
      resolve(text);
    });
  });
};
