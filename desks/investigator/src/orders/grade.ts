import type { AskedObservation } from '@tutela/attribution/exchange';

/** What an observation is good for as it stands: the worst of what stands against it. */
export type Grade = 'good' | 'clock-unknown' | 'without-port' | 'unconfirmed';

interface Graded {
  readonly ip: string | null;
  readonly port: number | null;
  readonly clock: AskedObservation['clock'] | undefined;
  readonly typed: 'unconfirmed' | 'confirmed';
}

export const gradeOf = ({ ip, port, clock, typed }: Graded): Grade => {
  if (typed === 'unconfirmed') return 'unconfirmed';
  if (port === null && ip?.includes(':') === false) return 'without-port';
  return clock?.errorSeconds === 'unknown' ? 'clock-unknown' : 'good';
};
