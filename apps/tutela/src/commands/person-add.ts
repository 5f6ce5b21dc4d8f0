import path from 'node:path';
import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { type PersonId, parsePersonId } from '@tutela/policy';
import { installFirstPeople, type NewPerson, requestPerson } from '@tutela/policy/postgres';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import { readPublicKeyFile } from '../policy/key-file.js';
import { granted } from '../policy/refusals.js';
import { requestBody } from '../policy/request-body.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface PersonAddFlags extends DataFlags {
  readonly reason: string;
  readonly json: boolean;
}

/** The first two people of an installation together; after them one at a time, once somebody has approved. */
export default async function personAdd(this: TutelaContext, flags: PersonAddFlags, ...files: string[]): Promise<void> {
  const [one, two, ...more] = await Promise.all(
    files.map((file) => readPublicKeyFile(path.resolve(this.folder, file))),
  );
  if (one === undefined || more.length > 0)
    throw new TutelaError('usage', 'Give one .pub file, or at installation two.', 'tutela person new-key makes them.');
  if (two === undefined) return ask(this, flags, one);
  const by = { by: actorOf(this.env), at: systemClock.now() };
  const people = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    granted(await inTransaction(db, (tx) => installFirstPeople(tx, [one, two], by))),
  );
  if (flags.json) printJson(this, { v: 1, installed: people });
  else this.process.stdout.write(`${people.join('\n')}\n`);
}

const ask = async (context: TutelaContext, flags: PersonAddFlags, person: NewPerson): Promise<void> => {
  const asking = { requestedBy: requesterOf(context), reason: flags.reason, at: systemClock.now() };
  const state = await withWorkplace(context, flags, 'writes', async ({ database: { db } }) =>
    granted(await inTransaction(db, (tx) => requestPerson(tx, person, asking))),
  );
  if (flags.json) printJson(context, { v: 1, request: requestBody(state) });
  else context.process.stdout.write(`${state.digest}\n`);
  context.log('Somebody else who is enrolled approves it: tutela approval approve, or Approvals in the console.');
};

const requesterOf = ({ env }: TutelaContext): PersonId => {
  const person = parsePersonId(actorOf(env));
  if (person !== undefined) return person;
  throw new TutelaError('usage', 'TUTELA_ACTOR is no pseudonym.', 'Set it to yours: tutela person list.');
};
