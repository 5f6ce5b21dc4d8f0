export interface CountryCount {
  /** ISO 3166-1 alpha-2, or `null` where nobody knows. */
  readonly country: string | null;
  readonly count: number;
}

/** Shades of the map; nothing found has none. */
export type Step = 1 | 2 | 3 | 4 | 5;

const steps = [1, 2, 3, 4, 5] as const;

/** The shade of each country by the logarithm of its count: one country with a million must not make a hundred look like none. */
export const stepsOf = (counts: readonly CountryCount[]): ReadonlyMap<string, Step> => {
  const most = Math.max(1, ...counts.map(({ country, count }) => (country === null ? 0 : count)));
  const shade = (count: number): Step =>
    steps[Math.min(4, Math.floor((Math.log1p(count) / Math.log1p(most)) * 5))] ?? 5;
  return new Map(
    counts.flatMap(({ country, count }) => (country === null || count <= 0 ? [] : [[country, shade(count)] as const])),
  );
};
