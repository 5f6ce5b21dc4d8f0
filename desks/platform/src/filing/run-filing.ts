import { inTransaction } from '@tutela/db';
import type { Destination, PlatformDeps } from '../deps.js';
import { dueFilings, filesOfFiling, filingById } from '../queries/filings.js';
import { nextAct } from './next-act.js';
import { filingWorkflow } from './open-filing.js';
import { perform } from './perform.js';
import { intend, settle } from './settle.js';

export type FilingDeps = PlatformDeps & { readonly destination: Destination };

/**
 * Files a report, from whatever is on record to its end. It may be stopped at any moment and started again by anybody:
 * exactly one finished report is the end (test: "a worker killed between any two steps leaves one finished report").
 */
export const runFiling = async (deps: FilingDeps, id: string): Promise<void> => {
  const between = deps.between ?? (async () => undefined);
  for (;;) {
    const filing = await filingById(deps.db, id);
    if (filing === undefined) return;
    if (filing.environment !== deps.destination.client.environment) {
      deps.log(
        `filing ${id}: it is for ${filing.environment}, and reports go to ${deps.destination.client.environment}`,
      );
      return;
    }
    const files = await filesOfFiling(deps.db, id);
    const next = nextAct(filing, files);
    if (next.act === 'none') return;
    await between(`before ${next.act} is intended`);
    if ((await intend(deps, filing, next.act)) === 'overtaken') return;
    await between(`before ${next.act} is sent`);
    const performed = await perform(deps, filing, files, next);
    await between(`before ${next.act}'s answer is on record`);
    const settled = await settle(deps, filing, files, next.act, performed);
    await between(`after ${next.act}'s answer is on record`);
    if (settled === 'stop') return;
  }
};

/** Starts again what is due: after an answer that never came, or a worker that nobody replaced. */
export const sweepFilings = async (deps: PlatformDeps): Promise<void> => {
  if (deps.destination === undefined) return;
  const { environment } = deps.destination.client;
  for (const { id, revision } of await dueFilings(deps.db, deps.clock.now(), environment)) {
    const job = { id: `filing/${id}/${revision}`, workflow: filingWorkflow, input: { filing: id } };
    await inTransaction(deps.db, (tx) => deps.engine().start(tx, job));
  }
};
