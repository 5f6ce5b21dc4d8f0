import { formatVerifierKey } from '@tutela/ledger';
import { printJson, type TutelaContext } from '../context.js';
import { ledgerKey } from '../node/ledger-keeping.js';
import { newestHead } from '../node/queries.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface LedgerHeadFlags extends DataFlags {
  readonly json: boolean;
}

/** The newest signed head on stdout, byte for byte (C2SP tlog-checkpoint): worth keeping on another machine. */
export default async function ledgerHead(this: TutelaContext, flags: LedgerHeadFlags): Promise<void> {
  await withWorkplace(this, flags, 'reads', async ({ database, signer }) => {
    const head = await newestHead(database.db);
    const key = formatVerifierKey(ledgerKey(signer));
    if (flags.json) {
      const told = head && {
        size: head.size,
        root: Buffer.from(head.root).toString('base64'),
        at: head.at,
        note: head.note,
      };
      printJson(this, { v: 1, origin: signer.name, verifierKey: key, head: told ?? null });
      return;
    }
    if (head !== undefined) this.process.stdout.write(head.note);
    this.log(
      head === undefined ? 'The ledger is empty.' : `${head.size} entries, signed ${head.at}; the key is ${key}`,
    );
  });
}
