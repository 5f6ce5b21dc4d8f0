import type { ReactNode } from 'react';
import { Badge, type Tone } from './badge.js';
import { Time } from './history.js';

export interface TimelineEntry {
  readonly id: string;
  readonly at: string;
  /** Up to when, for what lasts. */
  readonly to?: string | null;
  readonly title: ReactNode;
  readonly state?: { readonly tone: Tone; readonly text: string };
  readonly children?: ReactNode;
}

/** What happened in the order of time, oldest first; each with what is known of it. */
export const Timeline = ({
  label,
  entries,
}: {
  readonly label: string;
  readonly entries: readonly TimelineEntry[];
}) => (
  <ol className="timeline" aria-label={label}>
    {entries.map(({ id, at, to, title, state, children }) => (
      <li key={id}>
        <p className="about">
          <Time at={at} />
          {to !== undefined && to !== null && (
            <>
              {' – '}
              <Time at={to} />
            </>
          )}
        </p>
        <p className="timeline-title">
          {title} {state !== undefined && <Badge tone={state.tone}>{state.text}</Badge>}
        </p>
        {children}
      </li>
    ))}
  </ol>
);
