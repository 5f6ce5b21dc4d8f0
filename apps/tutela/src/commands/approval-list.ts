import { systemClock } from '@tutela/core';
import { listRequests } from '@tutela/policy/postgres';
import type { TutelaContext } from '../context.js';
import { printRows } from '../output/rows.js';
import { requestBody } from '../policy/request-body.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ApprovalListFlags extends DataFlags, OutputFlags {
  readonly state: 'open' | 'all';
  readonly limit: number;
}

/** What waits to be approved, newest first. */
export default async function approvalList(this: TutelaContext, flags: ApprovalListFlags): Promise<void> {
  const { state, limit } = flags;
  const at = systemClock.now();
  const found = await withWorkplace(this, flags, 'reads', ({ database: { db } }) =>
    listRequests(db, { state, at, limit }),
  );
  const rows = found.map((one) => ({ ...requestBody(one), request: one.request }));
  printRows(this, flags, { name: 'requests', empty: 'Nothing waits to be approved.' }, rows, [
    { heading: 'request', of: (row) => row.digest.slice(0, 12) },
    { heading: 'action', of: (row) => row.request.action },
    { heading: 'case', of: (row) => row.request.caseRef ?? '—' },
    { heading: 'asked by', of: (row) => row.request.requestedBy },
    { heading: 'approved', of: (row) => `${row.approvedBy.length} of ${row.needed}` },
    { heading: 'expires', of: (row) => row.request.expiresAt.slice(0, 16) },
    { heading: 'state', of: (row) => row.state },
  ]);
}
