import { once } from 'node:events';
import { readConfig } from '../config/config.js';
import type { TutelaContext } from '../context.js';
import { openNode } from '../node/node.js';
import type { DataFlags } from './flags.js';
import { lossOf } from './with-workplace.js';

export interface StartFlags extends DataFlags {
  readonly port?: string;
  readonly demo: boolean;
}

/** Serves and works until it is told to end. */
export default async function start(this: TutelaContext, flags: StartFlags): Promise<void> {
  const config = readConfig(flags, this.env, this.folder);
  const interruption = this.interruption();
  const loss = new AbortController();
  const onLost = (cause: Error): void => loss.abort(lossOf(cause));
  const node = await openNode({ config, log: this.log, onLost });
  // Behind `#` the key is sent to nobody and stands in no log.
  const address = `${node.origin}/#key=${node.workplace.secrets.operatorKey}`;
  this.process.stdout.write(`${address}\n`);
  this.log('Tutela runs. The address above holds the key of this installation: open it, and keep it. Ctrl-C ends it.');
  const ending = AbortSignal.any([interruption, loss.signal]);
  if (!ending.aborted) await once(ending, 'abort');
  if (loss.signal.aborted) throw loss.signal.reason;
  await node.close();
}
