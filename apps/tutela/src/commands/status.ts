import { printJson, type TutelaContext } from '../context.js';
import { nodeStatus } from '../node/status.js';
import { formatStatus } from '../output/status-text.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface StatusFlags extends DataFlags {
  readonly json: boolean;
}

/** The same document that the node serves at `/status`, told without a node. */
export default async function status(this: TutelaContext, flags: StatusFlags): Promise<void> {
  const told = await withWorkplace(this, flags, 'reads', ({ database, desks, timeAuthorities, policy }) =>
    nodeStatus({ db: database.db, desks: desks.all, timeAuthorities, policy, log: this.log }),
  );
  if (flags.json) printJson(this, told);
  else this.process.stdout.write(formatStatus(told));
}
