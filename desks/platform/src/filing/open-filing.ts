import { randomUUID } from 'node:crypto';
import type { Tx } from '@tutela/db';
import type { PlatformDeps } from '../deps.js';
import { insertFiling } from '../queries/filings.js';
import { fileableMatches } from '../queries/matches.js';
import { holdAccount } from '../queries/stacks.js';
import { program, record, rowOf } from '../record.js';

export const filingWorkflow = 'platform.file-report';

/**
 * Opens one report for an account once everything found of it is decided and something is confirmed. Later matches
 * wait until the report under way is finished, and then make another.
 */
export const openFilingWhenDecided = async (tx: Tx, deps: PlatformDeps, account: string): Promise<void> => {
  if (deps.destination === undefined) return;
  await holdAccount(tx, account);
  const { confirmed, undecided } = await fileableMatches(tx, account);
  if (confirmed.length === 0 || undecided > 0) return;
  const id = randomUUID();
  const now = deps.clock.now();
  const { environment } = deps.destination.client;
  const fresh = { state: 'ready' as const, doubt: null, revision: 0, attempt: 0, report_number: null, reason: null };
  const row = { id, account, environment, opened_at: now, due_at: now, finished_at: null, ...fresh };
  if ((await insertFiling(tx, row, confirmed)) === 'one-is-under-way') return;
  await record(tx, deps, {
    type: 'filing-opened',
    actor: program,
    subjects: [`filing:${id}`],
    payload: { filing: id, account, environment, matches: confirmed },
    effects: [
      rowOf('filing', { id }, ['account', 'environment', 'opened_at']),
      ...confirmed.map((_, ordinal) => rowOf('filing_file', { filing: id, ordinal }, ['match'])),
    ],
  });
  await deps.engine().start(tx, { id: `filing/${id}/0`, workflow: filingWorkflow, input: { filing: id } });
};
