import type { Tone } from '../design/index.js';

export const matchStates = ['waiting', 'confirmed', 'dismissed', 'all'] as const;
export type MatchState = (typeof matchStates)[number];

export const matchTones: Readonly<Record<Exclude<MatchState, 'all'>, Tone>> = {
  waiting: 'waiting',
  confirmed: 'accent',
  dismissed: 'neutral',
};
