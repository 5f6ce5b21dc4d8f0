import type { CoverageFact } from '@tutela/attribution';

/** Counts of an hour come in parts, one for each stretch that was read. */
export const hourly = (facts: readonly CoverageFact[]): readonly CoverageFact[] => {
  const others: CoverageFact[] = [];
  const hours = new Map<number, Extract<CoverageFact, { kind: 'hourly-count' }>>();
  for (const fact of facts) {
    if (fact.kind !== 'hourly-count') {
      others.push(fact);
      continue;
    }
    const known = hours.get(fact.hour);
    hours.set(
      fact.hour,
      known === undefined
        ? fact
        : {
            ...known,
            allocs: known.allocs + fact.allocs,
            releases: known.releases + fact.releases,
            interims: known.interims + fact.interims,
            snapshots: known.snapshots + fact.snapshots,
            skew: {
              records: known.skew.records + fact.skew.records,
              least: leastOf(known.skew, fact.skew),
              most: mostOf(known.skew, fact.skew),
              sum: known.skew.sum + fact.skew.sum,
            },
          },
    );
  }
  return [...others, ...hours.values()];
};

type Skew = Extract<CoverageFact, { kind: 'hourly-count' }>['skew'];
const leastOf = (one: Skew, other: Skew): number =>
  one.records === 0 ? other.least : other.records === 0 ? one.least : Math.min(one.least, other.least);
const mostOf = (one: Skew, other: Skew): number =>
  one.records === 0 ? other.most : other.records === 0 ? one.most : Math.max(one.most, other.most);
