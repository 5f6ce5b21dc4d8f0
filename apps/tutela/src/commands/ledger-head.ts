import { formatVerifierKey } from '@tutela/ledger';
import { cosignedCheckpoint } from '@tutela/ledger/postgres';
import { printJson, type TutelaContext } from '../context.js';
import { ledgerKey } from '../node/ledger-keeping.js';
import { newestHead } from '../node/queries.js';
import { formatWitnesses, witnessStatus } from '../node/witness-status.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface LedgerHeadFlags extends DataFlags {
  readonly json: boolean;
}

/**
 * The newest signed head on stdout, byte for byte (C2SP tlog-checkpoint), with the signatures of the witnesses that have
 * seen it: worth keeping on another machine. What each witness has seen goes to stderr.
 */
export default async function ledgerHead(this: TutelaContext, flags: LedgerHeadFlags): Promise<void> {
  await withWorkplace(this, flags, 'reads', async ({ database, signer, policy }) => {
    const head = await newestHead(database.db);
    const note = head && ((await cosignedCheckpoint(database.db, BigInt(head.size)))?.note ?? head.note);
    const key = formatVerifierKey(ledgerKey(signer));
    const witnesses = await witnessStatus(database.db, policy);
    if (flags.json) {
      const told = head && { size: head.size, root: Buffer.from(head.root).toString('base64'), at: head.at, note };
      printJson(this, { v: 1, origin: signer.name, verifierKey: key, head: told ?? null, witnesses });
      return;
    }
    if (note !== undefined) this.process.stdout.write(note);
    this.log(
      head === undefined ? 'The ledger is empty.' : `${head.size} entries, signed ${head.at}; the key is ${key}`,
    );
    for (const line of formatWitnesses(witnesses).split('\n')) this.log(line);
  });
}
