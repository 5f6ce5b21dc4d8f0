import { open } from 'node:fs/promises';
import path from 'node:path';
import { actorOf } from '../../config/actor.js';
import type { TutelaContext } from '../../context.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import { answered } from './answered.js';

/** Issues the credential with which an agency sends orders. */
export async function addAgency(this: TutelaContext, flags: DataFlags, name: string): Promise<void> {
  const { credential } = await withWorkplace(this, flags, 'writes', ({ desks }) =>
    desks.provider.issueCredential(name, actorOf(this.env)),
  );
  this.process.stdout.write(`${credential}\n`);
  this.log('Shown this once. It is kept as a digest only.');
}

/** Takes over whom accounts stand for. */
export async function noteIdentities(this: TutelaContext, flags: DataFlags, file: string): Promise<void> {
  const count = await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    answered(await desks.provider.noteIdentities(linesOf(path.resolve(this.folder, file)), actorOf(this.env))),
  );
  this.process.stdout.write(`${count.toLocaleString('en')} customers\n`);
}

/**
 * Opened when the first line is asked for: what a reader of lines tells before anybody listens is lost, its end as well.
 * @throws TutelaError `unreadable`
 */
async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    yield* (await open(file)).readLines();
  } catch (cause) {
    throw new TutelaError('unreadable', `${file} cannot be read.`, 'docs/provider.md shows its form.', { cause });
  }
}
