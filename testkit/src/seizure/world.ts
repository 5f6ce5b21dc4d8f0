import { type Random, randomFrom, whole } from '../picture/random.js';
import { type Provider, providersOf } from './address-plan.js';
import { type PlannedArchive, planArchives } from './archives.js';
import { makeUsers, type User } from './people.js';
import { usersByCountry } from './shares.js';
import { wordList } from './words.js';

export interface SeizureSize {
  /** Stored small files, without archives and the service's own records. */
  readonly files: number;
  /** Locked archives; fixtures come on top. */
  readonly archives: number;
  readonly users: number;
  /** Of the word list that holds about 60 % of the passwords. */
  readonly words: number;
  readonly seed: number;
}

export const defaultSeizure: SeizureSize = { files: 20_000, archives: 2000, users: 7500, words: 10_000, seed: 2015 };

/** An archive that was made elsewhere, by RAR itself: what cannot be written here. */
export interface BroughtArchive {
  readonly password: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** All that is decided before a file is written. */
export interface SeizureWorld {
  readonly size: SeizureSize;
  readonly providers: readonly Provider[];
  readonly users: readonly User[];
  /** Those who store files, whoever has most first. */
  readonly owners: readonly User[];
  /** Whom the authority of the demonstration does not cover. */
  readonly excluded: User;
  readonly words: readonly string[];
  readonly archives: readonly PlannedArchive[];
  /** Pairs of accounts that one person uses. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly brought: readonly BroughtArchive[];
}

export const makeWorld = (size: SeizureSize, brought: readonly BroughtArchive[] = []): SeizureWorld => {
  const random = randomFrom(size.seed);
  const providers = providersOf([...usersByCountry(size.users).keys()]);
  const made = makeUsers(random, size.users, providers);
  const { users, pairs } = pairUp(random, made, Math.ceil(size.users / 300));
  const owners = users.slice(0, Math.min(users.length, Math.max(6, Math.ceil(size.files / 100))));
  const brings = [...new Set(brought.map(({ password }) => password))];
  const words = wordList(size.seed, size.words, brings);
  const withArchives = owners.slice(0, Math.max(5, Math.ceil(owners.length / 4)));
  const archives = planArchives(random, size.archives, withArchives, words);
  return { size, providers, users, owners, excluded: owners[2]!, words, archives, pairs, brought };
};

/** Some pairs of one country get each other's addresses. */
const pairUp = (
  random: Random,
  users: readonly User[],
  count: number,
): { readonly users: readonly User[]; readonly pairs: SeizureWorld['pairs'] } => {
  const paired = new Map<string, User>();
  const pairs: (readonly [string, string])[] = [];
  for (let tries = 0; tries < 50 * count && pairs.length < count; tries++) {
    const one = users[whole(random, 0, users.length - 1)]!;
    const other = users.find(
      ({ account, country }) => country === one.country && account !== one.account && !paired.has(account),
    );
    if (other === undefined || paired.has(one.account)) continue;
    paired.set(one.account, one).set(other.account, { ...other, addresses: one.addresses, holder: one.holder });
    pairs.push([one.account, other.account]);
  }
  return { users: users.map((user) => paired.get(user.account) ?? user), pairs };
};
