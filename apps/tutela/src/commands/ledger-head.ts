import { formatVerifierKey } from '@tutela/ledger';
import { cosignedCheckpoint, readAuthorityStates } from '@tutela/ledger/postgres';
import { printJson, type TutelaContext } from '../context.js';
import { ledgerKey } from '../node/ledger-keeping.js';
import { newestHead } from '../node/queries.js';
import { timestampJson, timestampLine } from '../node/stamping.js';
import { formatWitnesses, witnessStatus } from '../node/witness-status.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface LedgerHeadFlags extends DataFlags {
  readonly json: boolean;
}

/**
 * The newest signed head on stdout, byte for byte (C2SP tlog-checkpoint), with the signatures of the witnesses that have
 * seen it: worth keeping on another machine. What each witness has seen, and each time authority, goes to stderr.
 */
export default async function ledgerHead(this: TutelaContext, flags: LedgerHeadFlags): Promise<void> {
  await withWorkplace(this, flags, 'reads', async ({ database, signer, policy, timeAuthorities }) => {
    const head = await newestHead(database.db);
    const note = head && ((await cosignedCheckpoint(database.db, BigInt(head.size)))?.note ?? head.note);
    const key = formatVerifierKey(ledgerKey(signer));
    const witnesses = await witnessStatus(database.db, policy);
    const names = timeAuthorities.map(({ name }) => name);
    const stamps = await readAuthorityStates(database.db, names);
    if (flags.json) {
      const told = head && { size: head.size, root: Buffer.from(head.root).toString('base64'), at: head.at, note };
      const timestamps = stamps.map(timestampJson);
      printJson(this, { v: 1, origin: signer.name, verifierKey: key, head: told ?? null, witnesses, timestamps });
      return;
    }
    if (note !== undefined) this.process.stdout.write(note);
    this.log(
      head === undefined ? 'The ledger is empty.' : `${head.size} entries, signed ${head.at}; the key is ${key}`,
    );
    for (const stamp of stamps) this.log(timestampLine(stamp));
    for (const line of formatWitnesses(witnesses).split('\n')) this.log(line);
  });
}
