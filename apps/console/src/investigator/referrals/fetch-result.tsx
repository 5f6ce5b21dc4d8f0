import type { PulledBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';

/** What came of a fetch: what is new, what was here, what could not be read and why. */
export const FetchResult = ({ pulled }: { readonly pulled: PulledBody }) => {
  const { say } = useTongue();
  const { feed, imported, alreadyHere, withdrawn, refused } = pulled;
  return (
    <div className="state" role="status">
      <p className="state-title">{say('investigator.feed.fetched', { count: imported, feed })}</p>
      {alreadyHere > 0 && <p>{say('investigator.feed.fetched-already', { count: alreadyHere })}</p>}
      {withdrawn > 0 && <p>{say('investigator.feed.fetched-withdrawn', { count: withdrawn })}</p>}
      {refused.length > 0 && (
        <>
          <p>{say('investigator.feed.fetched-failed', { count: refused.length })}</p>
          <ul>
            {refused.map(({ reportNumber, message }) => (
              <li key={reportNumber}>
                {reportNumber}: {message}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};
