import { packageView } from '@tutela/investigator-desk';
import type { TutelaContext } from '../context.js';
import { printRows } from '../output/rows.js';
import type { DataFlags, OutputFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface PackageListFlags extends DataFlags, OutputFlags {
  readonly case?: string;
  readonly limit: number;
}

/** What was drafted and what became of it, newest first. */
export default async function packageList(this: TutelaContext, flags: PackageListFlags): Promise<void> {
  const found = await withWorkplace(this, flags, 'reads', ({ desks }) =>
    desks.investigator.packages().list({ caseRef: flags.case, limit: flags.limit }),
  );
  const empty = 'No package was drafted. tutela package draft CASE begins one.';
  printRows(this, flags, { name: 'packages', empty }, found.map(packageView), [
    { heading: 'package', of: ({ name }) => name },
    { heading: 'case', of: ({ caseRef }) => caseRef },
    { heading: 'request', of: ({ request }) => request.slice(0, 12) },
    { heading: 'drafted', of: ({ draftedAt }) => draftedAt.slice(0, 16) },
    { heading: 'state', of: ({ state }) => state },
    { heading: 'why', of: ({ why, missing }) => why ?? (missing.map(({ what }) => `no ${what}`).join(', ') || '—') },
  ]);
}
