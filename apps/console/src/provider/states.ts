import type { OrderBody, ReleasePreviewBody } from '@tutela/provider-desk/api';
import type { Tone } from '../design/index.js';

export const orderFilters = ['received', 'released', 'declined', 'all'] as const;
export type OrderFilter = (typeof orderFilters)[number];

export const logTabs = ['coverage', 'segments', 'sources', 'rules'] as const;
export type LogTab = (typeof logTabs)[number];

export const orderTones: Readonly<Record<OrderBody['state'], Tone>> = {
  received: 'waiting',
  released: 'good',
  declined: 'neutral',
  expired: 'alarm',
};

export type Outcome = ReleasePreviewBody['answers'][number]['outcome'];
export const outcomeTones: Readonly<Record<Outcome, Tone>> = {
  EXACT_ONE: 'good',
  ONE_QUALIFIED: 'waiting',
  N_CANDIDATES: 'neutral',
  NONE_PROVEN: 'neutral',
  NONE_UNKNOWN: 'waiting',
  REFUSED: 'alarm',
};
const outcomes = Object.keys(outcomeTones) as readonly Outcome[];
export const asOutcome = (name: string): Outcome | undefined => outcomes.find((outcome) => outcome === name);
