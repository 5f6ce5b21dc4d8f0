import type { ReferralBody } from '@tutela/clearinghouse-desk/api';
import type { Tone } from '../../design/index.js';

export const referralStates = ['available', 'downloaded', 'acknowledged', 'superseded', 'recalled'] as const;
export type ReferralState = ReferralBody['state'];
export const referralTones: Readonly<Record<ReferralState, Tone>> = {
  available: 'waiting',
  downloaded: 'accent',
  acknowledged: 'good',
  superseded: 'neutral',
  recalled: 'neutral',
};

export const referralViews = ['sent', 'nowhere', 'awaiting'] as const;

/** What of the referrals is shown, as it stands in the address. */
export interface ReferralsSearch {
  readonly view?: (typeof referralViews)[number];
  readonly authority?: string;
  readonly country?: string;
  readonly state?: ReferralState;
}

export const readReferralsSearch = (search: Record<string, unknown>): ReferralsSearch => {
  const view = referralViews.find((one) => one === search.view);
  const state = referralStates.find((one) => one === search.state);
  return {
    ...(view !== undefined && { view }),
    ...(state !== undefined && { state }),
    ...(typeof search.authority === 'string' && search.authority !== '' && { authority: search.authority }),
    ...(typeof search.country === 'string' && /^[A-Z]{2}$/.test(search.country) && { country: search.country }),
  };
};
