import { actorOf } from '../../config/actor.js';
import { printJson, type TutelaContext } from '../../context.js';
import { accepted } from '../../output/accepted.js';
import type { DataFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';

export type IssueFlags = DataFlags & { readonly json: boolean };

/** Prints the credential, once; only its digest is kept. */
export async function issue(this: TutelaContext, flags: IssueFlags, authorityId: string): Promise<void> {
  const by = actorOf(this.env);
  const issued = await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    accepted(await desks.clearinghouse.routing.issueFeedCredential({ authorityId, by })),
  );
  if (flags.json) printJson(this, { v: 1, ...issued });
  else this.process.stdout.write(`${issued.credential}\n`);
}
