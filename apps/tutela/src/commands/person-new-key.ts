import path from 'node:path';
import { parsePersonId } from '@tutela/policy';
import type { TutelaContext } from '../context.js';
import { makeKeyFile } from '../policy/key-file.js';
import { newPassphrase, type PassphraseFlags } from '../policy/passphrase.js';
import { TutelaError } from '../tutela-error.js';

export interface PersonNewKeyFlags extends PassphraseFlags {
  readonly name: string;
  readonly output?: string;
}

/** Makes a personal key. Needs no installation: it is made where its owner sits. */
export default async function personNewKey(this: TutelaContext, flags: PersonNewKeyFlags, id: string): Promise<void> {
  const person = parsePersonId(id);
  if (person === undefined)
    throw new TutelaError('usage', `${id} is no pseudonym.`, 'Small letters, digits, . _ and -, such as staff-7.');
  const file = path.resolve(this.folder, flags.output ?? `${person}.key`);
  const publicFile = await makeKeyFile(file, { id: person, name: flags.name }, await newPassphrase(this, flags));
  this.process.stdout.write(`${publicFile}\n`);
  this.log(`Keep ${file} to yourself; hand the .pub file to whoever enrols you.`);
}
