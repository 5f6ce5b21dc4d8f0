import type { CensusRow } from '@tutela/clearinghouse-desk';

/** What became of the reports that point at one country; `ZZ`: at none. */
export interface CountryRow {
  readonly country: string;
  /** referred + bundled + unroutable + held. */
  readonly reports: number;
  /** Sent singly: as many referrals. */
  readonly referred: number;
  /** Sent in a bundle, which is one referral however many they are. */
  readonly bundled: number;
  readonly bundles: number;
  readonly unroutable: number;
  /** For a person: no unit for diverted reports. */
  readonly held: number;
  /** Of the reports, whichever way they went. */
  readonly informational: number;
}

/** Most reports first. A report that points at two countries counts in both. */
export const countryTable = (census: readonly CensusRow[]): readonly CountryRow[] => {
  const rows = new Map<string, { -readonly [Name in keyof CountryRow]: CountryRow[Name] }>();
  const bundles = new Map<string, Set<string>>();
  for (const { routings, referrals, label } of census) {
    for (const { country, outcome } of routings) {
      const row = rows.get(country) ?? { ...empty, country };
      rows.set(country, row);
      row.reports += 1;
      if (label === 'informational') row.informational += 1;
      if (outcome !== 'referred') {
        row[outcome] += 1;
        continue;
      }
      const own = referrals.find((referral) => referral.country === country);
      if (own?.kind !== 'bundle') {
        row.referred += 1;
        continue;
      }
      row.bundled += 1;
      const seen = bundles.get(country) ?? new Set();
      bundles.set(country, seen.add(own.referral));
      row.bundles = seen.size;
    }
  }
  return [...rows.values()].toSorted(
    (one, other) => other.reports - one.reports || (one.country < other.country ? -1 : 1),
  );
};

const empty = { reports: 0, referred: 0, bundled: 0, bundles: 0, unroutable: 0, held: 0, informational: 0 } as const;

export const sumOf = (country: string, rows: readonly CountryRow[]): CountryRow =>
  rows.reduce(
    (sum, row) => ({
      country,
      reports: sum.reports + row.reports,
      referred: sum.referred + row.referred,
      bundled: sum.bundled + row.bundled,
      bundles: sum.bundles + row.bundles,
      unroutable: sum.unroutable + row.unroutable,
      held: sum.held + row.held,
      informational: sum.informational + row.informational,
    }),
    { ...empty, country },
  );
