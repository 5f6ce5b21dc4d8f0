import type { TutelaContext } from '../context.js';
import { printRows } from '../output/rows.js';
import type { ReviewListFlags } from './review-states.js';
import { withWorkplace } from './with-workplace.js';

/** Matches, newest first; without a state those that wait for somebody's word. Nothing is viewed. */
export default async function reviewList(this: TutelaContext, flags: ReviewListFlags): Promise<void> {
  const { state, limit, account } = flags;
  const asked = { state, limit: limit + 1, ...(account === undefined ? {} : { account }) };
  const found = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.platform.listMatches(asked));
  const matches = found.slice(0, limit);
  if (found.length > limit) this.log(`The newest ${limit}; there are more: --limit, or --account.`);
  const rows = matches.map((match) => ({
    id: match.id,
    account: match.account,
    name: match.name,
    kind: match.kind,
    list: match.list,
    line: match.list_line,
    distance: match.distance,
    variant: match.variant,
    quality: match.quality,
    size: match.size,
    sha256: match.sha256.toString('hex'),
    foundAt: match.found_at,
    decision: match.decision,
    basis: match.basis,
  }));
  printRows(this, flags, { name: 'matches', empty: state === 'waiting' ? 'No match waits.' : 'There is none.' }, rows, [
    { heading: 'match', of: (row) => row.id.slice(0, 8) },
    { heading: 'account', of: (row) => row.account },
    { heading: 'file', of: (row) => row.name },
    { heading: 'kind', of: (row) => row.kind },
    { heading: 'bits', of: (row) => row.distance ?? '—' },
    { heading: 'list', of: (row) => row.list },
    { heading: 'found', of: (row) => row.foundAt.slice(0, 16) },
    { heading: 'decision', of: (row) => row.decision ?? 'waiting' },
  ]);
}
