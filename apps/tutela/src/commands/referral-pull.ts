import path from 'node:path';
import { actorOf } from '../config/actor.js';
import { readFeedAddress } from '../config/feed-address.js';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { printable } from '../output/printable.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ReferralPullFlags extends DataFlags {
  readonly from: string;
  readonly json: boolean;
}

/** Fetches what is new; ends as `undecided` when something that came could not be imported. */
export default async function referralPull(this: TutelaContext, flags: ReferralPullFlags): Promise<void> {
  const address = await readFeedAddress(path.resolve(this.folder, flags.from));
  const actor = actorOf(this.env);
  const outcome = await withWorkplace(this, flags, 'writes', ({ desks }) =>
    desks.investigator.pullReferrals({ address, actor }),
  );
  if (outcome.kind !== 'done') {
    const { code, message } = outcome.reason;
    const advice = 'Run it again: it goes on where it was.';
    throw new TutelaError(code === 'turned-down' ? 'remoteRefused' : 'unreadable', `${message} (${code}).`, advice);
  }
  const pulled = outcome.value;
  if (flags.json) printJson(this, { v: 1, ...pulled });
  else {
    const { referrals, reports, imported, withdrawn, position } = pulled;
    const head = `${referrals} referrals, ${reports} reports, ${imported} of them new, ${withdrawn} withdrawn; feed read to ${position}`;
    const bad = pulled.refused.map((one) => `not imported: ${one.reportNumber}: ${printable(one.message)}`);
    this.process.stdout.write(`${[head, ...bad].join('\n')}\n`);
  }
  if (pulled.refused.length > 0) endAs(this, 'undecided');
}
