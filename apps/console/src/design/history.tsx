import type { ReactNode } from 'react';
import { useTongue } from '../app/tongue.js';
import { EmptyState } from './states.js';

export interface HistoryEvent {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly actor: string;
  /** What was done, in a sentence of the catalogue. */
  readonly what: ReactNode;
  /** Such as the reason somebody gave. */
  readonly detail?: ReactNode;
}

/** What happened to an object, newest first, beside it. */
export const History = ({ events }: { readonly events: readonly HistoryEvent[] }) => {
  const { say } = useTongue();
  if (events.length === 0) return <EmptyState title={say('common.history.none')} />;
  return (
    <ol className="history">
      {events.map(({ id, at, actor, what, detail }) => (
        <li key={id}>
          <p>{what}</p>
          {detail !== undefined && <p className="history-detail">{detail}</p>}
          <p className="about">
            <span title={actor}>{shortened(actor)}</span> · <Time at={at} />
          </p>
        </li>
      ))}
    </ol>
  );
};

/** Programs are called by a UUID or a digest: its first letters tell one from the other. */
const shortened = (actor: string) => actor.replace(/([\da-f]{8})[\da-f-]{16,}/g, '$1…');

/** A moment with its zone; what is no moment is shown as written. */
export const Time = ({ at }: { readonly at: string | null | undefined }) => {
  const { moment } = useTongue();
  if (at === null || at === undefined) return '—';
  return <time dateTime={at}>{moment(at)}</time>;
};
