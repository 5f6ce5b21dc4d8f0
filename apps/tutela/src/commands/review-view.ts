import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { actorOf } from '../config/actor.js';
import type { TutelaContext } from '../context.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { matchNamed, whereIdsAre } from './match-named.js';
import { withWorkplace } from './with-workplace.js';

export interface ReviewViewFlags extends DataFlags {
  readonly reason: string;
  readonly output: string;
}

/** Writes the original of a match to a file, once the look is on record. */
export default async function reviewView(this: TutelaContext, flags: ReviewViewFlags, name: string): Promise<void> {
  const to = path.resolve(this.folder, flags.output);
  await withWorkplace(this, flags, 'writes', async ({ desks: { platform } }) => {
    const match = await matchNamed(platform, name);
    const outcome = await platform.viewOriginal({ match, actor: actorOf(this.env), reason: flags.reason });
    if (outcome.kind !== 'done') throw new TutelaError('usage', outcome.reason.message, whereIdsAre);
    await pipeline(outcome.value.bytes, createWriteStream(to, { mode: 0o600, flags: 'wx' })).catch((cause: Error) => {
      throw new TutelaError(
        'unreadable',
        `${to} cannot be written (${cause.message}).`,
        'Name a file that is not there yet.',
        { cause },
      );
    });
    this.log(`The look is on record. ${to}: delete it when you have decided.`);
  });
}
