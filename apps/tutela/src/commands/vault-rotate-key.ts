import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { rotateFileKey } from '@tutela/vault';
import { actorOf } from '../config/actor.js';
import { printJson, type TutelaContext } from '../context.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface RotateKeyFlags extends DataFlags {
  readonly json: boolean;
}

/** A new installation key, and every case key wrapped with it; the old one is gone. On record by its id. */
export default async function rotateKey(this: TutelaContext, flags: RotateKeyFlags): Promise<void> {
  const actor = actorOf(this.env);
  const told = await withWorkplace(this, flags, 'writes', async ({ config, vault, database: { db } }) => {
    const { installationKey } = config.vault;
    if (installationKey.kind !== 'file') {
      const advice = 'Make the new key in the module, and name it in TUTELA_INSTALLATION_KEY.';
      throw new TutelaError('usage', 'The installation key is in a security module.', advice);
    }
    const before = (await vault.installationKeys.current()).id;
    const { rewrapped } = await rotateFileKey(installationKey.file, vault.keyring.keys);
    const { id } = await vault.installationKeys.current();
    const payload = { before, installationKey: id, rewrapped };
    const event = { type: 'vault.installation-key-rotated', actor, at: systemClock.now(), payload, effects: [] };
    await inTransaction(db, (tx) => appendEvent(tx, { ...event, subjects: [`installation-key:${id}`] }));
    return { installationKey: id, rewrapped };
  });
  if (flags.json) printJson(this, { v: 1, ...told });
  else
    this.process.stdout.write(
      `${told.installationKey}: ${told.rewrapped.toLocaleString('en')} case keys wrapped anew\n`,
    );
  this.log('Older copies of case keys open nothing any more, with the new key or without. Copy both anew, apart.');
}
