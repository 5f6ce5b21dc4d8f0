import path from 'node:path';
import { systemClock } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import { approvalText, type Ed25519Approval, refusalText } from '@tutela/policy';
import { keyFileId, readSite, recordApproval, recordRefusal } from '@tutela/policy/postgres';
import { printJson, type TutelaContext } from '../context.js';
import { openKeyFile } from '../policy/key-file.js';
import { knownPassphrase, type PassphraseFlags } from '../policy/passphrase.js';
import { granted } from '../policy/refusals.js';
import { requestBody } from '../policy/request-body.js';
import { requestNamed } from '../policy/request-named.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ApprovalDecideFlags extends DataFlags, PassphraseFlags {
  readonly key: string;
  readonly json: boolean;
}

const decideAs = (word: 'approve' | 'refuse') =>
  async function decide(this: TutelaContext, flags: ApprovalDecideFlags, name: string): Promise<void> {
    const key = await openKeyFile(path.resolve(this.folder, flags.key), await knownPassphrase(this, flags));
    const credentialId = await keyFileId(key.publicKey);
    const state = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) => {
      const { digest } = await requestNamed(db, name);
      const text = word === 'approve' ? approvalText(digest, key.person) : refusalText(digest, key.person);
      const signed: Ed25519Approval = {
        v: 1,
        method: 'ed25519',
        request: digest,
        person: key.person,
        at: systemClock.now(),
        credentialId,
        signature: key.sign(text),
      };
      const site = await readSite(db);
      return granted(
        await inTransaction(db, (tx) =>
          word === 'approve' ? recordApproval(tx, site, signed) : recordRefusal(tx, signed),
        ),
      );
    });
    if (flags.json) printJson(this, { v: 1, request: requestBody(state) });
    else this.process.stdout.write(`${state.digest} ${word === 'approve' ? 'approved' : 'refused'} by ${key.person}\n`);
    if (word === 'approve' && state.approvals.length < state.needed)
      this.log(`${state.needed - state.approvals.length} more to approve it.`);
  };

export const approve = decideAs('approve');
export const refuse = decideAs('refuse');
