import { systemClock } from '@tutela/core';
import { holdsOn, type LegalHold, placeHold, releaseHold } from '@tutela/vault/postgres';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import { printRows } from '../output/rows.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface HoldFlags extends DataFlags {
  readonly reason: string;
  readonly json: boolean;
}

const wordOf = ({ env }: TutelaContext, { reason }: HoldFlags) => {
  if (reason.trim() === '') throw new TutelaError('usage', '--reason is empty.', 'Say why; it goes on record.');
  return { actor: actorOf(env), reason, at: systemClock.now() };
};

/** From now on the case cannot be shredded. Prints the hold's id. */
export async function hold(this: TutelaContext, flags: HoldFlags, caseRef: string): Promise<void> {
  const word = wordOf(this, flags);
  const placed = await withWorkplace(this, flags, 'writes', async ({ vault, database: { db } }) => {
    // A hold on a name that is no case's would protect nothing, and nobody would notice.
    const key = await vault.keyring.keys.find(caseRef);
    if (key.kind !== 'done')
      throw new TutelaError('usage', `${key.reason.message}.`, 'tutela vault status names the cases that have one.');
    return await placeHold(db, caseRef, word);
  });
  if (placed.kind !== 'done')
    throw new TutelaError('usage', `${placed.reason.message}.`, 'It may have been carried out: nothing can be held.');
  if (flags.json) printJson(this, { v: 1, ...placed.value });
  else this.process.stdout.write(`${placed.value.id}\n`);
  this.log(`${caseRef} cannot be shredded until this hold is released: tutela vault release`);
}

/** Holds that stand on a case, the oldest first. */
export async function holds(this: TutelaContext, flags: DataFlags & OutputFlags, caseRef: string): Promise<void> {
  const standing = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => holdsOn(db, caseRef));
  const naming = { name: 'holds', empty: `No hold stands on ${caseRef}.` };
  printRows<LegalHold>(this, flags, naming, standing, [
    { heading: 'hold', of: ({ id }) => id },
    { heading: 'since', of: ({ placedAt }) => placedAt },
    { heading: 'placed by', of: ({ placedBy }) => placedBy },
    { heading: 'reason', of: ({ reason }) => reason },
  ]);
}

const holdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ends a hold. */
export async function release(this: TutelaContext, flags: HoldFlags, id: string): Promise<void> {
  const word = wordOf(this, flags);
  const advice = 'tutela vault holds CASE names those that stand.';
  if (!holdForm.test(id)) throw new TutelaError('usage', `${id} is no id of a hold.`, advice);
  const released = await withWorkplace(this, flags, 'writes', ({ database: { db } }) => releaseHold(db, id, word));
  if (released.kind !== 'done') throw new TutelaError('usage', `${released.reason.message}.`, advice);
  if (flags.json) printJson(this, { v: 1, id });
  this.log(`The hold ${id} is released.`);
}
