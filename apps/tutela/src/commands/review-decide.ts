import type { Platform } from '@tutela/platform-desk';
import { actorOf } from '../config/actor.js';
import type { TutelaContext } from '../context.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { matchNamed, whereIdsAre } from './match-named.js';
import { withWorkplace } from './with-workplace.js';

export interface ReviewDecideFlags extends DataFlags {
  readonly reason: string;
  readonly account?: string;
}

const decideAs = (decision: 'confirmed' | 'dismissed') =>
  async function decide(this: TutelaContext, flags: ReviewDecideFlags, ...names: string[]): Promise<void> {
    if (names.length === 0 && flags.account === undefined) {
      throw new TutelaError('usage', 'Name matches, or an account with --account.', whereIdsAre);
    }
    await withWorkplace(this, flags, 'writes', async ({ desks: { platform } }) => {
      const matches = await Promise.all(names.map((name) => matchNamed(platform, name)));
      if (flags.account !== undefined) matches.push(...(await waitingOf(platform, flags.account)));
      const accounts = new Set<string>();
      for (const match of matches) {
        const outcome = await platform.decide({ match, decision, actor: actorOf(this.env), reason: flags.reason });
        if (outcome.kind !== 'done')
          throw new TutelaError('usage', outcome.reason.message, 'The first decision stands.');
        accounts.add(outcome.value.account);
        this.process.stdout.write(`${match} ${decision}\n`);
      }
      for (const account of accounts) this.log(`${account}: ${await whatNow(platform, account)}`);
    });
  };

const atOnce = 10_000;

const waitingOf = async (platform: Platform, account: string): Promise<readonly string[]> => {
  const waiting = await platform.listMatches({ state: 'waiting', limit: atOnce, account });
  if (waiting.length > 0) return waiting.map(({ id }) => id);
  throw new TutelaError('usage', `No match of ${account} waits.`, whereIdsAre);
};

const whatNow = async (platform: Platform, account: string): Promise<string> => {
  const { undecided, filing } = await platform.accountState(account);
  if (undecided > 0) return `${undecided} more to decide before anything is reported`;
  if (filing === undefined) return 'everything is decided, and there is nothing to report';
  return 'a report is opened; it is filed while a node runs (npm start), and tutela report list tells its number';
};

export const confirm = decideAs('confirmed');
export const dismiss = decideAs('dismissed');
