import type { FeedBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, Time } from '../../design/index.js';

/** Ready, not to be used, or ready and without success the last time. */
export const FeedState = ({ feed: { state, fault } }: { readonly feed: FeedBody }) => {
  const { say } = useTongue();
  if (state === 'ready' && fault !== null) return <Badge tone="alarm">{say('investigator.feed.state-failing')}</Badge>;
  return <Badge tone={state === 'ready' ? 'good' : 'alarm'}>{say(`investigator.feed.state-${state}`)}</Badge>;
};

/** When the node fetches by itself, and how often. */
export const NextFetch = ({ feed: { everyMinutes, nextAt } }: { readonly feed: FeedBody }) => {
  const { say } = useTongue();
  if (everyMinutes === null) return '—';
  if (everyMinutes === 'never' || nextAt === null) return say('investigator.feed.next-never');
  const every =
    everyMinutes % 60 === 0
      ? say('investigator.feed.every-hours', { count: everyMinutes / 60 })
      : say('investigator.feed.every-minutes', { count: everyMinutes });
  return (
    <>
      {Date.parse(nextAt) <= Date.now() ? say('investigator.feed.next-now') : <Time at={nextAt} />}
      <br />
      <span className="about">{every}</span>
    </>
  );
};

/** What stands against each feed, and what to do about it. */
export const FeedTroubles = ({ feeds }: { readonly feeds: readonly FeedBody[] }) => (
  <>
    {feeds.map((feed) => (
      <FeedTrouble key={feed.name} feed={feed} />
    ))}
  </>
);

/** What a clearinghouse answers is a code; what is said here has a text of its own. */
const codeForm = /^[a-z0-9-]+$/;

const FeedTrouble = ({ feed: { name, fault, unread } }: { readonly feed: FeedBody }) => {
  const { say, sayIfKnown } = useTongue();
  return (
    <>
      {fault !== null && (
        <div className="state state-failed">
          <p className="state-title">
            <span aria-hidden="true">▲</span> {name}: {sayIfKnown(`common.problem.${fault.code}`) ?? fault.code}
          </p>
          <p>{sayIfKnown(`common.remedy.${fault.code}`)}</p>
          <p className="about">
            {say('investigator.feed.tried', { times: fault.times })} <Time at={fault.at} />
          </p>
          {codeForm.test(fault.message) && (
            <p className="about">
              <code>{fault.message}</code>
            </p>
          )}
        </div>
      )}
      {unread.length > 0 && (
        <div className="state state-failed">
          <p className="state-title">
            <span aria-hidden="true">▲</span> {say('investigator.feed.unread', { count: unread.length, feed: name })}
          </p>
          <p>{say('investigator.feed.unread-why')}</p>
          <ul>
            {unread.map(({ reportNumber, message, at }) => (
              <li key={reportNumber}>
                {reportNumber}: {message} (<Time at={at} />)
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
};
