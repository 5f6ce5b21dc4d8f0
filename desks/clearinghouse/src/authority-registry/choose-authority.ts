import { done, type Outcome, refused } from '@tutela/core';
import type { Lane } from '../referral/schema.js';
import type { Authority } from './queries.js';

export type NoAuthority = 'no-authority-in-country' | 'incident-type-not-taken' | 'no-child-protection-authority';

/**
 * The one authority of a country that a report goes to. Diverted reports go to the unit that the registry names for them
 * and to no other: where there is none a person decides. Of several, the one that names the incident type comes before
 * one that takes all, then the first by id.
 */
export const chooseAuthority = (
  authorities: readonly Authority[],
  { country, incidentType, lane }: { readonly country: string; readonly incidentType: string; readonly lane: Lane },
): Outcome<Authority, NoAuthority> => {
  const takes = lane === 'diverted' ? 'diverted' : 'reports';
  const there = authorities.filter(
    (one) => one.country === country && one.standing === 'active' && one.takes === takes,
  );
  if (there.length === 0) {
    return lane === 'diverted'
      ? refused('no-child-protection-authority', `the registry names no unit of ${country} for diverted reports`)
      : refused('no-authority-in-country', `the registry names no authority of ${country}`);
  }
  const byId = there.toSorted((one, other) => (one.authority_id < other.authority_id ? -1 : 1));
  const chosen =
    byId.find(({ incident_types: types }) => types.includes(incidentType)) ??
    byId.find(({ incident_types: types }) => types.length === 0);
  return chosen === undefined
    ? refused('incident-type-not-taken', `no authority of ${country} takes ${incidentType}`)
    : done(chosen);
};
