import type { ObservationsBody, OrderSummaryBody } from '@tutela/investigator-desk/api';
import type { Tone } from '../../design/index.js';

export const orderTones: Readonly<Record<OrderSummaryBody['state'], Tone>> = {
  draft: 'neutral',
  sending: 'accent',
  waiting: 'waiting',
  answered: 'good',
  declined: 'alarm',
  expired: 'alarm',
  refused: 'alarm',
};

export const gradeTones: Readonly<Record<ObservationsBody['rows'][number]['grade'], Tone>> = {
  good: 'good',
  'clock-unknown': 'waiting',
  'without-port': 'waiting',
  unconfirmed: 'alarm',
};

/** Of an answer: who the provider's logs say it was, or how many it may have been. */
export const outcomeTones: Readonly<Record<string, Tone>> = {
  EXACT_ONE: 'good',
  ONE_QUALIFIED: 'waiting',
  N_CANDIDATES: 'waiting',
  NONE_PROVEN: 'neutral',
  NONE_UNKNOWN: 'alarm',
  REFUSED: 'alarm',
};
