import type { DataFlags, OutputFlags } from './flags.js';

export const reviewStates = ['waiting', 'confirmed', 'dismissed', 'all'] as const;

export interface ReviewListFlags extends DataFlags, OutputFlags {
  readonly state: (typeof reviewStates)[number];
  readonly limit: number;
  readonly account?: string;
}
