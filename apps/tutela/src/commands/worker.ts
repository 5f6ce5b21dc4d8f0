import { once } from 'node:events';
import { readConfig } from '../config/config.js';
import type { TutelaContext } from '../context.js';
import { openWorker } from '../node/node.js';
import type { DataFlags } from './flags.js';
import { lossOf } from './with-workplace.js';

/** Works until it is told to end. */
export default async function worker(this: TutelaContext, flags: DataFlags): Promise<void> {
  const config = readConfig(flags, this.env, this.folder);
  const interruption = this.interruption();
  const loss = new AbortController();
  const opened = await openWorker({ config, log: this.log, onLost: (cause) => loss.abort(lossOf(cause)) });
  this.log('This worker takes part in the work. Ctrl-C ends it; its peers take over what it leaves.');
  const ending = AbortSignal.any([interruption, loss.signal]);
  if (!ending.aborted) await once(ending, 'abort');
  if (loss.signal.aborted) throw loss.signal.reason;
  await opened.close();
}
