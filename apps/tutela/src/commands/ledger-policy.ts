import { formatPolicy } from '@tutela/ledger';
import { nodeHasher } from '@tutela/ledger/node';
import type { TutelaContext } from '../context.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

/** The policy (C2SP tlog-policy) that proofs from this ledger are to be held against: its key, its witnesses, the quorum. */
export default async function ledgerPolicy(this: TutelaContext, flags: DataFlags): Promise<void> {
  await withWorkplace(this, flags, 'reads', async ({ policy }) => {
    this.process.stdout.write(formatPolicy(nodeHasher, policy));
  });
}
