import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { parsePersonId } from '@tutela/policy';
import { revokeCredential, revokePerson } from '@tutela/policy/postgres';
import { actorOf } from '../config/actor.js';
import type { TutelaContext } from '../context.js';
import { granted } from '../policy/refusals.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface PersonRevokeFlags extends DataFlags {
  readonly reason: string;
  readonly credential?: string;
}

/** Takes away what a person, or one key of theirs, may approve. At once, and for good. */
export default async function personRevoke(this: TutelaContext, flags: PersonRevokeFlags, id: string): Promise<void> {
  const person = parsePersonId(id);
  if (person === undefined) throw new TutelaError('usage', `${id} is no pseudonym.`, 'tutela person list names them.');
  const act = { by: actorOf(this.env), at: systemClock.now(), reason: flags.reason };
  const { credential } = flags;
  const revoked = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    granted(
      await inTransaction(db, (tx) =>
        credential === undefined ? revokePerson(tx, person, act) : revokeCredential(tx, person, credential, act),
      ),
    ),
  );
  this.process.stdout.write(`${revoked} revoked\n`);
}
