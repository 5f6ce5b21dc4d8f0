import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'good' | 'waiting' | 'alarm' | 'accent';

/** Each tone has a form of its own, so that nothing is told by colour alone. */
const marks: Readonly<Record<Tone, string>> = { neutral: '○', good: '✓', waiting: '◔', alarm: '▲', accent: '●' };

/** A state in a word. */
export const Badge = ({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <span className="badge" data-tone={tone}>
    <span aria-hidden="true">{marks[tone]}</span> {children}
  </span>
);
