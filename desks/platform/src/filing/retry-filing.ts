import { done, nothing, type Outcome, refused } from '@tutela/core';
import { inTransaction } from '@tutela/db';
import type { Updateable } from 'kysely';
import type { PlatformDeps } from '../deps.js';
import { type Filing, filingById, filingUnderWay, moveFiling } from '../queries/filings.js';
import { holdAccount } from '../queries/stacks.js';
import { record } from '../record.js';
import type { FilingTable } from '../schema.js';
import { filingWorkflow } from './open-filing.js';
import { filingEffect } from './settle.js';

export interface Retry {
  readonly filing: string;
  readonly actor: string;
  readonly reason: string;
}

/**
 * Tries a report again at once: one that waits after a failure goes on where it was; one that was refused is asked after
 * first, if the clearinghouse ever gave it a number, and filed anew only if it is not finished there.
 */
export const retryFiling = (
  deps: PlatformDeps,
  { filing: id, actor, reason }: Retry,
): Promise<
  Outcome<
    { readonly filing: string; readonly state: 'ready' | 'open' },
    'no-such-filing' | 'finished-already' | 'under-way' | 'no-destination' | 'other-environment'
  >
> =>
  inTransaction(deps.db, async (tx) => {
    const found = await filingById(tx, id);
    if (found === undefined) return nothing('no-such-filing', `There is no report ${id}.`);
    const { destination } = deps;
    if (destination === undefined) return refused('no-destination', 'No clearinghouse is configured.');
    if (destination.client.environment !== found.environment)
      return refused('other-environment', `The report is for ${found.environment}.`);
    await holdAccount(tx, found.account);
    // Read again: whoever held the account may have moved it.
    const filing = (await filingById(tx, id)) ?? found;
    if (filing.state === 'finished') return refused('finished-already', `It is filed as ${filing.report_number}.`);
    const other = await filingUnderWay(tx, filing.account);
    if (other !== undefined && other.id !== id) return refused('under-way', `Report ${other.id} is on its way.`);
    if (filing.state !== 'refused' && filing.failures === 0) return refused('under-way', 'It is on its way already.');
    const set = again(filing, deps);
    if ((await moveFiling(tx, filing, set)) === 'overtaken') return refused('under-way', 'It is on its way already.');
    await record(tx, deps, {
      type: 'filing-retried',
      actor,
      subjects: [`filing:${id}`],
      payload: { filing: id, reason },
      effects: [filingEffect(id)],
    });
    const job = { id: `filing/${id}/${filing.revision + 1}`, workflow: filingWorkflow, input: { filing: id } };
    await deps.engine().start(tx, job);
    return done({ filing: id, state: set.state });
  });

const again = (
  filing: Filing,
  { clock }: PlatformDeps,
): Updateable<FilingTable> & { readonly state: 'ready' | 'open' } => {
  const due_at = clock.now();
  if (filing.state !== 'refused') return { state: filing.state === 'open' ? 'open' : 'ready', due_at };
  if (filing.report_number === null) return { state: 'ready', doubt: null, failures: 0, reason: null, due_at };
  return { state: 'open', doubt: 'retract', failures: 0, reason: null, due_at };
};
