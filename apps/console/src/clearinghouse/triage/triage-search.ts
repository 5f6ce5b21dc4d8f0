import { type Label, type Lane, labels, lanes } from './tones.js';

export const triageStates = ['waiting', 'decided', 'all'] as const;

/** The filter of the queue as it stands in the address, so that a view can be shared. */
export interface TriageSearch {
  readonly state: (typeof triageStates)[number];
  readonly lane?: Lane;
  readonly label?: Label;
  /** ISO 3166 alpha-2, or `unknown`. */
  readonly country?: string;
  /** A pseudonym, `nobody` or `somebody`. */
  readonly claimed?: string;
}

const oneOf = <Value extends string>(values: readonly Value[], given: unknown): Value | undefined =>
  values.find((value) => value === given);
const like = (pattern: RegExp, given: unknown): string | undefined =>
  typeof given === 'string' && pattern.test(given) ? given : undefined;

export const readTriageSearch = (search: Record<string, unknown>): TriageSearch => {
  const lane = oneOf(lanes, search.lane);
  const label = oneOf(labels, search.label);
  const country = like(/^([A-Z]{2}|unknown)$/, search.country);
  const claimed = like(/^[a-z0-9][a-z0-9._-]{1,63}$/, search.claimed);
  return {
    state: oneOf(triageStates, search.state) ?? 'waiting',
    ...(lane !== undefined && { lane }),
    ...(label !== undefined && { label }),
    ...(country !== undefined && { country }),
    ...(claimed !== undefined && { claimed }),
  };
};
