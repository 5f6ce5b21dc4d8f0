import type { TutelaContext } from '../context.js';
import { printRows } from '../output/rows.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ReportListFlags extends DataFlags, OutputFlags {
  readonly limit: number;
}

/** Reports of the platform desk, newest first, with the number the clearinghouse gave. */
export default async function reportList(this: TutelaContext, flags: ReportListFlags): Promise<void> {
  const filings = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.platform.listFilings(flags.limit));
  const rows = filings.map((filing) => ({
    account: filing.account,
    state: filing.state,
    number: filing.report_number,
    files: filing.files ?? 0,
    environment: filing.environment,
    openedAt: filing.opened_at,
    finishedAt: filing.finished_at,
    reason: filing.reason,
    filing: filing.id,
  }));
  printRows(this, flags, { name: 'reports', empty: 'No report was opened yet.' }, rows, [
    { heading: 'account', of: (row) => row.account },
    { heading: 'state', of: (row) => row.state },
    { heading: 'report', of: (row) => row.number ?? '—' },
    { heading: 'files', of: (row) => row.files },
    { heading: 'environment', of: (row) => row.environment },
    { heading: 'opened', of: (row) => row.openedAt.slice(0, 16) },
    { heading: 'finished', of: (row) => row.finishedAt?.slice(0, 16) ?? '—' },
    { heading: 'reason', of: (row) => row.reason ?? '' },
  ]);
}
