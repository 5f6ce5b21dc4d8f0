/** Users by country as the press told of the seizure of 2015; `the rest` are 93 more countries. */
export const namedShares = { US: 2200, DE: 843, JP: 534, RU: 457, CA: 394, GB: 380, FR: 374 } as const;
const allUsers = 7500;

/** ISO 3166 codes of 93 further countries. */
const further =
  'AE AL AM AR AT AU AZ BA BD BE BG BO BR BY CH CL CN CO CR CY CZ DK DO DZ EC EE EG ES FI GE GH GR GT HK HR HU ID IE IL IN IQ IR IS IT JO KE KH KR KW KZ LB LK LT LU LV MA MD ME MK MN MT MX MY NG NL NO NZ OM PA PE PH PK PL PT PY QA RO RS SA SE SG SI SK SN TH TN TR TW UA UY UZ VE VN'.split(
    ' ',
  );

/** Exactly 100; of `users`, each country's share by largest remainders, in the article's proportions. */
export const usersByCountry = (users: number): ReadonlyMap<string, number> => {
  const named = Object.entries(namedShares);
  const rest = allUsers - named.reduce((sum, [, count]) => sum + count, 0);
  // A slope from 40 to about 10, so that the countries of the rest differ.
  const slopes = further.map((_, at) => 40 - (30 * at) / (further.length - 1));
  const slope = slopes.reduce((sum, weight) => sum + weight, 0);
  const others = apportion(
    rest,
    further,
    slopes.map((weight) => weight / slope),
  );
  const full = [...named, ...others];
  if (users === allUsers) return new Map(full);
  return new Map(
    apportion(
      users,
      full.map(([country]) => country),
      full.map(([, count]) => count / allUsers),
    ),
  );
};

const apportion = (total: number, names: readonly string[], shares: readonly number[]): [string, number][] => {
  const exact = shares.map((share) => share * total);
  const counts = exact.map(Math.floor);
  const left = total - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder.slice(0, left)) counts[at]! += 1;
  return names.map((name, at) => [name, counts[at]!]);
};
