import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../config/config.js';
import type { TutelaContext } from '../context.js';
import { deferred } from '../node/deferred.js';
import { openWorkplace, type Workplace } from '../node/workplace.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';

/**
 * `reads`: changes nothing. `writes`: hands work to whoever works, and puts what it did into the log. `works`: besides,
 * works on what the queues hold while it lasts.
 */
export type Purpose = 'reads' | 'writes' | 'works';

/** Opens this installation for one command and closes it again. */
export const withWorkplace = async <Result>(
  context: TutelaContext,
  flags: DataFlags,
  purpose: Purpose,
  act: (workplace: Workplace) => Promise<Result>,
): Promise<Result> => {
  const config = readConfig(flags, context.env, context.folder);
  const lost = deferred();
  const workplace = await openWorkplace({ config, log: context.log, onLost: (cause) => lost.reject(lossOf(cause)) });
  try {
    if (purpose !== 'reads') await workplace.openEngine(purpose === 'works' ? 'works' : 'starts');
    const result = await whileConnected(act(workplace), lost.promise);
    if (purpose !== 'reads') await workplace.sequence();
    return result;
  } finally {
    await Promise.race([workplace.close(), lost.promise.catch(() => sleep(2000))]);
  }
};

/** What comes first: the result, or that the connection is lost for good. */
const whileConnected = async <Result>(result: Promise<Result>, lost: Promise<void>): Promise<Result> => {
  await Promise.race([result, lost]);
  return result;
};

/** What ends a process whose peers take over its work. */
export const lossOf = (cause: Error): TutelaError =>
  new TutelaError(
    'internal',
    'The connection to the database was lost for good.',
    'Run it again; what was under way goes on, here or elsewhere.',
    { cause },
  );
