import type { TutelaContext } from '../context.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ReviewDecideFlags extends DataFlags {
  readonly reason: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const decideAs = (decision: 'confirmed' | 'dismissed') =>
  async function decide(this: TutelaContext, flags: ReviewDecideFlags, ...matches: string[]): Promise<void> {
    const unknown = matches.find((match) => !uuid.test(match));
    if (unknown !== undefined) throw new TutelaError('usage', `${unknown} is not the id of a match.`, whereIdsAre);
    await withWorkplace(this, flags, 'writes', async ({ desks }) => {
      for (const match of matches) {
        const outcome = await desks.platform.decide({ match, decision, actor: 'operator', reason: flags.reason });
        if (outcome.kind !== 'done') throw new TutelaError('usage', outcome.reason.message, whereIdsAre);
        this.process.stdout.write(`${match} ${decision}\n`);
      }
    });
  };

const whereIdsAre = 'tutela review list names the matches that wait.';

export const confirm = decideAs('confirmed');
export const dismiss = decideAs('dismissed');
