import path from 'node:path';
import { inTransaction } from '@tutela/db';
import { readSite, recordApproval, recordRefusal } from '@tutela/policy/postgres';
import { printJson, type TutelaContext } from '../context.js';
import { openKeyFile } from '../policy/key-file.js';
import { knownPassphrase, type PassphraseFlags } from '../policy/passphrase.js';
import { granted } from '../policy/refusals.js';
import { requestBody } from '../policy/request-body.js';
import { requestNamed } from '../policy/request-named.js';
import { signedApproval } from '../policy/signed-approval.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ApprovalDecideFlags extends DataFlags, PassphraseFlags {
  readonly key: string;
  readonly json: boolean;
}

const decideAs = (word: 'approve' | 'refuse') =>
  async function decide(this: TutelaContext, flags: ApprovalDecideFlags, name: string): Promise<void> {
    const key = await openKeyFile(path.resolve(this.folder, flags.key), await knownPassphrase(this, flags));
    const state = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) => {
      const { digest } = await requestNamed(db, name);
      const signed = await signedApproval(key, digest, word);
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
