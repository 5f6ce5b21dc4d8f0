import type { ReferredBody } from '@tutela/investigator-desk/api';
import type { Tone } from '../../design/index.js';

/** What a list shows; `waiting`, the usual, is what nobody took up yet. */
export const referralShows = ['waiting', 'in-a-case', 'withdrawn', 'all'] as const;

export interface ReferralsSearch {
  readonly show?: (typeof referralShows)[number];
}

export const readReferralsSearch = ({ show }: Readonly<Record<string, unknown>>): ReferralsSearch => {
  const found = referralShows.find((one) => one === show);
  return found === undefined || found === 'waiting' ? {} : { show: found };
};

export const laneTones: Readonly<Record<ReferredBody['lane'], Tone>> = {
  crisis: 'alarm',
  diverted: 'accent',
  normal: 'neutral',
};

export type ReferralState = 'waiting' | 'in-a-case' | 'withdrawn';

export const stateOf = ({ withdrawnAt, cases }: Pick<ReferredBody, 'withdrawnAt' | 'cases'>): ReferralState => {
  if (withdrawnAt !== null) return 'withdrawn';
  return cases.length === 0 ? 'waiting' : 'in-a-case';
};

export const referralTones: Readonly<Record<ReferralState, Tone>> = {
  waiting: 'waiting',
  'in-a-case': 'good',
  withdrawn: 'alarm',
};
