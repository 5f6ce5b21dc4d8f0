import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { parsePersonId } from '@tutela/policy';
import { requestApproval } from '@tutela/policy/postgres';
import { printJson, type TutelaContext } from '../context.js';
import { granted } from '../policy/refusals.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface VaultAskShredFlags extends DataFlags {
  readonly by: string;
  readonly reason: string;
  readonly json: boolean;
}

/** Puts up the shredding of a case for two other people to approve. */
export default async function vaultAskShred(
  this: TutelaContext,
  flags: VaultAskShredFlags,
  caseRef: string,
): Promise<void> {
  const requestedBy = parsePersonId(flags.by);
  if (requestedBy === undefined)
    throw new TutelaError('usage', '--by names no person.', 'A pseudonym, such as staff-7.');
  const { digest, needed } = await withWorkplace(this, flags, 'writes', async ({ vault, database: { db } }) => {
    const key = await vault.keyring.keys.find(caseRef);
    if (key.kind !== 'done') {
      throw new TutelaError('usage', `${key.reason.message}.`, 'tutela vault status names the cases that have one.');
    }
    const content = { keyId: key.value.keyId };
    const asked = { action: 'case.shred', caseRef, requestedBy, reason: flags.reason, content, at: systemClock.now() };
    return granted(await inTransaction(db, (tx) => requestApproval(tx, asked)));
  });
  if (flags.json) printJson(this, { v: 1, digest, needed });
  else this.process.stdout.write(`${digest}\n`);
  this.log(`${needed} others have to approve it: tutela approval approve ${digest.slice(0, 12)}`);
}
