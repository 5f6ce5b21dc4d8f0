import type { ReferralBody } from '@tutela/clearinghouse-desk/api';
import type { Tone } from '../../design/index.js';

const referralStates = ['available', 'downloaded', 'acknowledged', 'superseded', 'recalled'] as const;
export type ReferralState = ReferralBody['state'];
export const referralTones: Readonly<Record<ReferralState, Tone>> = {
  available: 'waiting',
  downloaded: 'accent',
  acknowledged: 'good',
  superseded: 'neutral',
  recalled: 'neutral',
};

/** What a list shows; `open`, the usual, is what no authority has taken over. */
export const referralShows = ['open', 'all', ...referralStates] as const;
/** `urgent`, the usual: as the queue of triage. */
export const referralOrders = ['urgent', 'newest'] as const;

export const referralViews = ['sent', 'nowhere', 'awaiting'] as const;

/** What of the referrals is shown, as it stands in the address. */
export interface ReferralsSearch {
  readonly view?: (typeof referralViews)[number];
  readonly authority?: string;
  readonly country?: string;
  readonly state?: Exclude<(typeof referralShows)[number], 'open'>;
  readonly order?: 'newest';
}

export const readReferralsSearch = (search: Record<string, unknown>): ReferralsSearch => {
  const view = referralViews.find((one) => one === search.view);
  const state = referralShows.find((one) => one === search.state);
  return {
    ...(view !== undefined && { view }),
    ...(state !== undefined && state !== 'open' && { state }),
    ...(search.order === 'newest' && { order: search.order }),
    ...(typeof search.authority === 'string' && search.authority !== '' && { authority: search.authority }),
    ...(typeof search.country === 'string' && /^[A-Z]{2}$/.test(search.country) && { country: search.country }),
  };
};
