import path from 'node:path';
import type { FeedAddress } from '@tutela/feed';
import { actorOf } from '../config/actor.js';
import { readFeedSettings } from '../config/feed-address.js';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { keptFeed } from '../node/feeds.js';
import { feedTrouble } from '../output/feed-trouble.js';
import { printable } from '../output/printable.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ReferralPullFlags extends DataFlags {
  readonly from?: string;
  readonly feed?: string;
  readonly json: boolean;
}

const oneOfBoth = 'Give either --feed NAME, as tutela referral add-feed kept it, or --from FILE.';

/** Fetches what is new; ends as `undecided` when something that came could not be imported. */
export default async function referralPull(this: TutelaContext, flags: ReferralPullFlags): Promise<void> {
  const given = await givenAddress(this, flags);
  const actor = actorOf(this.env);
  const outcome = await withWorkplace(this, flags, 'writes', async ({ desks, config }) => {
    const address = given ?? (await keptFeed(config.dataFolder, flags.feed ?? '')).address;
    return desks.investigator.pullReferrals({ address, actor });
  });
  if (outcome.kind !== 'done') {
    const { code, message } = outcome.reason;
    const refused = code === 'turned-down' || code === 'credential-refused';
    const advice = refused ? feedTrouble(`feed-${code}`) : 'Run it again: it goes on where it was.';
    throw new TutelaError(refused ? 'remoteRefused' : 'unreadable', `${message} (${code}).`, advice);
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

const givenAddress = async (
  { folder }: TutelaContext,
  { from, feed }: ReferralPullFlags,
): Promise<FeedAddress | undefined> => {
  if ((from === undefined) === (feed === undefined))
    throw new TutelaError('usage', 'It is not said where to fetch from.', oneOfBoth);
  return from === undefined ? undefined : (await readFeedSettings(path.resolve(folder, from))).address;
};
