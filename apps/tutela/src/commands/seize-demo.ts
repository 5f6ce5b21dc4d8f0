import { engineChoiceOf } from '@tutela/investigator-desk';
import { defaultSeizure } from '@tutela/testkit';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { surprisesOf } from '../seize-demo/demo-result.js';
import { formatSeizeDemo } from '../seize-demo/format-seize-demo.js';
import { runSeizeDemo } from '../seize-demo/run-seize-demo.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface SeizeDemoFlags extends DataFlags {
  readonly json: boolean;
  readonly small: boolean;
  readonly files?: number;
  readonly archives?: number;
  readonly users?: number;
  readonly words?: number;
  readonly seed?: number;
  readonly seconds?: number;
}

/** With so few words every lock can have all of them in a minute. */
const small = { files: 300, archives: 24, users: 300, words: 120, seconds: 1e9 };

/** Makes a seizure and works through it. */
export default async function seizeDemo(this: TutelaContext, flags: SeizeDemoFlags): Promise<void> {
  const { seconds, ...size } = { ...defaultSeizure, seconds: 10, ...(flags.small && small), ...given(flags) };
  const result = await withWorkplace(this, flags, 'works', (place) =>
    runSeizeDemo(place, {
      size,
      mostSecondsPerLock: seconds,
      engine: engineChoiceOf(this.env),
      tell: this.log,
    }),
  );
  const surprises = surprisesOf(result);
  if (flags.json) printJson(this, { v: 1, ...result, surprises });
  else this.process.stdout.write(formatSeizeDemo(result));
  if (surprises.length > 0) endAs(this, 'undecided');
}

/** Flags that were given, over what is usual. */
const given = ({ files, archives, users, words, seed, seconds }: SeizeDemoFlags) => ({
  ...(files !== undefined && { files }),
  ...(archives !== undefined && { archives }),
  ...(users !== undefined && { users }),
  ...(words !== undefined && { words }),
  ...(seed !== undefined && { seed }),
  ...(seconds !== undefined && { seconds }),
});
