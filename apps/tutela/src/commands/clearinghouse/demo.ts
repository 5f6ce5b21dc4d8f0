import { surprisesOf } from '../../clearinghouse-demo/demo-result.js';
import { formatClearinghouseDemo } from '../../clearinghouse-demo/format-clearinghouse-demo.js';
import { runClearinghouseDemo } from '../../clearinghouse-demo/run-clearinghouse-demo.js';
import { endAs, printJson, type TutelaContext } from '../../context.js';
import { startProgress } from '../../output/progress.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';

export interface ClearinghouseDemoFlags extends DataFlags {
  readonly json: boolean;
  readonly reports?: number;
  readonly seed?: number;
  readonly kill?: number;
}

/** Makes reports and has them go through the clearinghouse; ends as `refuted` when one came out otherwise than it had to. */
export default async function clearinghouseDemo(this: TutelaContext, flags: ClearinghouseDemoFlags): Promise<void> {
  const { reports = 50_000, seed = 2015, kill: kills = 0 } = flags;
  if (![reports, seed, kills].every((number) => Number.isSafeInteger(number) && number >= 0) || reports < 100) {
    throw new TutelaError(
      'usage',
      'These are not numbers of anything.',
      'Give whole numbers, and 100 reports at least.',
    );
  }
  const result = await withWorkplace(this, flags, 'writes', (place) =>
    runClearinghouseDemo(place, {
      reports,
      seed,
      kills,
      tell: this.log,
      progress: () => startProgress({ stream: this.process.stderr }, 'filing', 'reports'),
    }),
  );
  const surprises = surprisesOf(result);
  if (flags.json) printJson(this, { v: 1, ...result, surprises });
  else this.process.stdout.write(formatClearinghouseDemo(result));
  if (surprises.length > 0) endAs(this, 'refuted');
}
