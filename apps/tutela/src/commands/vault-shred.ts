import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { done, refused, systemClock } from '@tutela/core';
import { requestText } from '@tutela/policy';
import { consumeApproval, readSite } from '@tutela/policy/postgres';
import { type Authorise, shredCase } from '@tutela/vault/postgres';
import { actorOf } from '../config/actor.js';
import type { TutelaContext } from '../context.js';
import { requestNamed } from '../policy/request-named.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface VaultShredFlags extends DataFlags {
  readonly approval: string;
  readonly certificate: string;
}

/** Destroys the key of a case on an approval that two people gave, and writes the certificate. */
export default async function vaultShred(this: TutelaContext, flags: VaultShredFlags, caseRef: string): Promise<void> {
  const to = path.resolve(this.folder, flags.certificate);
  const actor = actorOf(this.env);
  await withWorkplace(this, flags, 'writes', async ({ vault, database: { db } }) => {
    const { digest } = await requestNamed(db, flags.approval);
    const authorise: Authorise = async (tx, { keyId }) => {
      const use = { digest, action: 'case.shred', caseRef, content: { keyId }, by: actor, at: systemClock.now() };
      const used = await consumeApproval(tx, await readSite(tx), use);
      if (used.kind !== 'done') return refused('not-authorised', used.reason.message);
      const { request, people } = used.value;
      return done({ request: requestText(request), requestDigest: digest, approvedBy: people });
    };
    const { store, keyring } = vault;
    // Before the deed, so that nothing is destroyed whose certificate could not be written.
    const file = await open(to, 'wx', 0o600).catch((cause: unknown) => {
      throw new TutelaError('usage', `${to} cannot be made.`, 'Name a file that is not there yet.', { cause });
    });
    const shredded = await shredCase({ db, store, keys: keyring.keys }, { caseRef, authorise, actor });
    if (shredded.kind === 'done') await file.writeFile(shredded.value.text);
    await file.close();
    if (shredded.kind !== 'done') {
      await rm(to);
      const ending = shredded.reason.code === 'not-authorised' ? 'unauthorised' : 'usage';
      throw new TutelaError(ending, `${shredded.reason.message}.`, 'Nothing was destroyed.');
    }
    this.log(`The key of ${caseRef} is destroyed. The certificate is ${to}; its SHA-256 stands in the ledger:`);
    this.process.stdout.write(`${shredded.value.sha256}\n`);
  });
}
