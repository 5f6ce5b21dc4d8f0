import path from 'node:path';
import type { Outcome } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import type { RequestDigest } from '@tutela/policy';
import { type RequestState, readSite, recordApproval, recordRefusal } from '@tutela/policy/postgres';
import { printJson, type TutelaContext } from '../context.js';
import { openKeyFile, type PersonalKey } from '../policy/key-file.js';
import { knownPassphrase, type PassphraseFlags } from '../policy/passphrase.js';
import { granted } from '../policy/refusals.js';
import { requestBody } from '../policy/request-body.js';
import { requestNamed } from '../policy/request-named.js';
import { signedApproval, signedRefusal } from '../policy/signed-approval.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ApprovalApproveFlags extends DataFlags, PassphraseFlags {
  readonly key: string;
  readonly json: boolean;
}
export interface ApprovalRefuseFlags extends ApprovalApproveFlags {
  readonly reason: string;
}

interface Word {
  readonly name: string;
  readonly verb: 'approved' | 'refused';
  readonly take: (db: Db, key: PersonalKey, digest: RequestDigest) => Promise<Outcome<RequestState>>;
}

const decide = async (
  context: TutelaContext,
  flags: ApprovalApproveFlags,
  { name, verb, take }: Word,
): Promise<RequestState> => {
  const key = await openKeyFile(path.resolve(context.folder, flags.key), await knownPassphrase(context, flags));
  const state = await withWorkplace(context, flags, 'writes', async ({ database: { db } }) => {
    const { digest } = await requestNamed(db, name);
    return granted(await take(db, key, digest));
  });
  if (flags.json) printJson(context, { v: 1, request: requestBody(state) });
  else context.process.stdout.write(`${state.digest} ${verb} by ${key.person}\n`);
  return state;
};

/** Says yes to a request, with a key file. */
export async function approve(this: TutelaContext, flags: ApprovalApproveFlags, name: string): Promise<void> {
  const { approvals, needed } = await decide(this, flags, {
    name,
    verb: 'approved',
    take: async (db, key, digest) => {
      const approval = await signedApproval(key, digest);
      return inTransaction(db, async (tx) => recordApproval(tx, await readSite(tx), approval));
    },
  });
  if (approvals.length < needed) this.log(`${needed - approvals.length} more to approve it.`);
}

/** Says no to a request, with a key file and a reason; whoever asked takes it back so. */
export async function refuse(this: TutelaContext, flags: ApprovalRefuseFlags, name: string): Promise<void> {
  await decide(this, flags, {
    name,
    verb: 'refused',
    take: async (db, key, digest) => {
      const refusal = await signedRefusal(key, digest, flags.reason);
      return inTransaction(db, (tx) => recordRefusal(tx, refusal));
    },
  });
}
