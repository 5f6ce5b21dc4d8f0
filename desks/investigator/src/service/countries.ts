import { groupBy, type UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import type { RangeData, RangeSource } from '@tutela/ranges';
import { type AddressUse, addressUses } from './queries/answers.js';

/** Who stands behind a holder's opaque id, as an operator keeps it. */
export interface ProviderContact {
  readonly name: string;
  readonly contact: string;
}
export type ProviderBook = ReadonlyMap<string, ProviderContact>;

export interface ProviderUsers {
  /** The registry's id; `unknown`: the data names none. */
  readonly holder: string;
  readonly known?: ProviderContact;
  readonly accounts: number;
  readonly accesses: number;
  readonly firstAt: UtcInstant;
  readonly lastAt: UtcInstant;
}

export interface CountryUsers {
  /** ISO 3166; `unknown`: the data does not hold the address. */
  readonly country: string;
  readonly accounts: number;
  readonly accesses: number;
  /** Accesses whose address the second data set puts elsewhere, or does not hold; absent without one. */
  readonly disputed?: number;
  readonly providers: readonly ProviderUsers[];
}

export interface UsersByCountry {
  /** Whose answer this is, so that it can be given again: the first decides, the second is held against it. */
  readonly data: readonly RangeSource[];
  /** Accounts with an address at all; one that was seen in two countries counts in both. */
  readonly accounts: number;
  readonly countries: readonly CountryUsers[];
}

const unknown = 'unknown';

/**
 * Where a service's users connected from. A registry's country is the holder's of the address and not the person's: data
 * sets differ on 2 to 6 % (attribution.md §5.1), so a second one is counted against the first.
 */
export const usersByCountry = async (
  db: Db,
  caseRef: string,
  [first, second]: readonly [RangeData, RangeData?],
  book: ProviderBook = new Map(),
): Promise<UsersByCountry> => {
  const uses = (await addressUses(db, caseRef)).map((use) => ({
    ...use,
    country: first.countryOf(use.address) ?? unknown,
    holder: first.holderOf(use.address) ?? unknown,
  }));
  const countries = [...groupBy(uses, ({ country }) => country)].map(([country, ofCountry]): CountryUsers => {
    const disputed = ofCountry.filter(({ address }) => (second?.countryOf(address) ?? unknown) !== country);
    return {
      country,
      accounts: accountsIn(ofCountry),
      accesses: accessesIn(ofCountry),
      ...(second !== undefined && { disputed: accessesIn(disputed) }),
      providers: providersIn(ofCountry, book),
    };
  });
  return {
    data: [first.source, ...(second === undefined ? [] : [second.source])],
    accounts: accountsIn(uses),
    countries: countries.sort((a, b) => b.accounts - a.accounts || compare(a.country, b.country)),
  };
};

const providersIn = (
  uses: readonly (AddressUse & { readonly holder: string })[],
  book: ProviderBook,
): readonly ProviderUsers[] =>
  [...groupBy(uses, ({ holder }) => holder)]
    .map(([holder, ofHolder]): ProviderUsers => {
      const known = book.get(holder);
      const firsts = ofHolder.map(({ firstAt }) => firstAt).sort();
      const lasts = ofHolder.map(({ lastAt }) => lastAt).sort();
      return {
        holder,
        ...(known !== undefined && { known }),
        accounts: accountsIn(ofHolder),
        accesses: accessesIn(ofHolder),
        firstAt: firsts[0] as UtcInstant,
        lastAt: lasts.at(-1) as UtcInstant,
      };
    })
    .sort((a, b) => compare(a.firstAt, b.firstAt) || compare(a.holder, b.holder));

const accountsIn = (uses: readonly AddressUse[]): number => new Set(uses.map(({ account }) => account)).size;
const accessesIn = (uses: readonly AddressUse[]): number => uses.reduce((sum, { accesses }) => sum + accesses, 0);
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
