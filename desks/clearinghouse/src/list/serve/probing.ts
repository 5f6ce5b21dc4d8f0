import { inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import type { ListDeps } from '../deps.js';
import { listEvent } from '../list-events.js';
import { countProbe, listNamed, type Probe, raiseAlert } from '../queries/probing.js';

/** Within an hour, from one source: so many may be mistakes, more are a search. */
const tolerated = 20;

/**
 * Counts an answer that told nothing, and raises an alert when one source collects them: once at the limit and again
 * each time their number has doubled.
 */
export const noteProbe = (deps: ListDeps, asked: Probe): Promise<void> =>
  inTransaction(deps.db, async (tx) => {
    const now = deps.clock.now();
    const probe = { ...asked, list: await listNamed(tx, asked.list) };
    const count = await countProbe(tx, probe, now);
    const doublings = Math.log2(count / tolerated);
    if (doublings < 0 || !Number.isInteger(doublings)) return;
    await raiseAlert(tx, probe, count, now);
    const said = { subjects: [`hashlist/${probe.list}`], payload: { ...probe, count } };
    await appendEvent(tx, listEvent('list-probed', { actor: 'clearinghouse/list', at: now }, said));
  });
