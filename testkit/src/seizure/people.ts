import { between, type Random, whole } from '../picture/random.js';
import { addressIn, type Provider } from './address-plan.js';
import { usersByCountry } from './shares.js';
import { inventedWord, pick } from './words.js';

/** A customer of the synthetic service. */
export interface User {
  readonly account: string;
  readonly email: string;
  readonly country: string;
  readonly holder: string;
  /** All of one country. */
  readonly addresses: readonly string[];
  readonly registeredAt: Date;
  readonly plan: 'free' | 'premium';
}

export const serviceStart = new Date('2012-01-01T00:00:00Z');
export const serviceEnd = new Date('2014-12-31T00:00:00Z');

export const momentBetween = (random: Random, from: Date, to: Date): Date =>
  new Date(1000 * Math.floor(between(random, from.getTime(), to.getTime()) / 1000));

/** Users in an order that mixes the countries. */
export const makeUsers = (random: Random, users: number, providers: readonly Provider[]): readonly User[] => {
  const countries = [...usersByCountry(users)].flatMap(([country, count]) => Array<string>(count).fill(country));
  shuffle(random, countries);
  const within = (country: string): readonly Provider[] => byCountry.get(country) ?? [];
  const byCountry = new Map<string, Provider[]>();
  for (const provider of providers) byCountry.set(provider.country, [...within(provider.country), provider]);
  return countries.map((country, at) => {
    const provider = pick(random, within(country));
    const account = `${inventedWord(random, 2)}${String(at).padStart(4, '0')}`;
    const addresses = Array.from({ length: whole(random, 1, 3) }, () =>
      addressIn(random, provider, random() < 0.1 ? 6 : 4),
    );
    return {
      account,
      email: `${account}@mail.example`,
      country,
      holder: provider.holder,
      addresses,
      registeredAt: momentBetween(random, serviceStart, new Date('2014-06-30T00:00:00Z')),
      plan: random() < 0.2 ? 'premium' : 'free',
    };
  });
};

/** Fisher and Yates. */
const shuffle = <T>(random: Random, list: T[]): void => {
  for (let at = list.length - 1; at > 0; at--) {
    const other = whole(random, 0, at);
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
};

/** Shares of `total` by rank, as of a few who have much and many who have little (Zipf), at least one each. */
export const zipfShares = (total: number, owners: number): readonly number[] => {
  const weights = Array.from({ length: owners }, (_, at) => 1 / (at + 3));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const counts = weights.map((weight) => Math.max(1, Math.floor((weight / sum) * total)));
  counts[0] = Math.max(1, counts[0]! + total - counts.reduce((all, count) => all + count, 0));
  return counts;
};
