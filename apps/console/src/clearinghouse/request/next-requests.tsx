import { Link } from '@tanstack/react-router';
import type { FullRequestBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';

/** What may be asked now that data are preserved: more time, once, and then the data themselves. */
export const NextRequests = ({ request }: { readonly request: FullRequestBody }) => {
  const { say } = useTongue();
  const { requestId, kind, state, renews, reportNumber } = request;
  const preserves = kind === 'preservation' || kind === 'budapest-29' || kind === 'epoc-pr';
  if (!preserves || (state !== 'sent' && state !== 'answered')) return null;
  const of = reportNumber === null ? {} : { report: reportNumber };
  return (
    <p className="ways">
      {kind !== 'budapest-29' && renews === null && (
        <Link to="/desk/clearinghouse/requests/new" search={{ ...of, kind, renews: requestId }}>
          {say('clearinghouse.compose.renew')}
        </Link>
      )}
      {(['mla', 'epoc'] as const).map((next) => (
        <Link key={next} to="/desk/clearinghouse/requests/new" search={{ ...of, kind: next, under: requestId }}>
          {say(`clearinghouse.compose.then.${next}`)}
        </Link>
      ))}
    </p>
  );
};
