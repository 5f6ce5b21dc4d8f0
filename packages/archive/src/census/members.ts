import type { Member, NamesAsked } from './census.js';
import type { CensusLimits } from './limits.js';

/** Thrown out of a census that goes beyond its limits, caught at its edge. */
export class LimitReached extends Error {}

export interface MemberCollector {
  readonly add: (member: Member) => void;
  readonly result: () => { readonly members: readonly Member[]; readonly memberNames: 'read' | 'not-asked' };
}

/** Without the step `list` members are counted against the limit and forgotten. */
export const memberCollector = (names: NamesAsked, limits: CensusLimits): MemberCollector => {
  const members: Member[] = [];
  let count = 0;
  return {
    add: (member) => {
      if (++count > limits.members) throw new LimitReached(`more than ${limits.members} members`);
      if (names === 'ask') members.push(member);
    },
    result: () => ({ members, memberNames: names === 'ask' ? 'read' : 'not-asked' }),
  };
};
