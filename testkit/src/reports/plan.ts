import { type Random, randomFrom, whole } from '../picture/random.js';
import { providersOf } from '../seizure/address-plan.js';
import { makeUsers, type User } from '../seizure/people.js';
import { usersByCountry } from '../seizure/shares.js';
import type { ReportKind } from './truth.js';

/** How large the made world is; the same numbers make the same one. */
export interface ReportWorldSize {
  readonly reports: number;
  readonly seed: number;
}

/** 7,500 users of 100 countries at 50,000 reports, as in the seizure of 2015 (`usersByCountry`). */
const usersOf = ({ reports }: ReportWorldSize): number => Math.max(200, Math.round(reports * 0.15));

export const reporters = 12;

/** Who is reported, by whom, as what. */
export interface PlannedReport {
  readonly place: number;
  readonly kind: ReportKind;
  /** 0 to 11. */
  readonly reporter: number;
  readonly user: User;
  /** Of a report about two countries: somebody of the other. */
  readonly other: User;
  /** Which viral picture, or which page that several tell of. */
  readonly common: number;
}

/** Shares of kinds; the rest is ordinary. Invented, but for the rough size of what is informational. */
const shares: readonly (readonly [ReportKind, number])[] = [
  ['viral', 0.2],
  ['marked-viral', 0.04],
  ['told-again', 0.08],
  ['escalated', 0.01],
  ['live-streaming', 0.005],
  ['victim-named', 0.01],
  ['travel', 0.005],
  ['plan-to-meet', 0.01],
  ['nobody-named', 0.04],
  ['nowhere', 0.03],
  ['nothing-to-see', 0.03],
  ['recipient-only', 0.03],
  ['compromised-account', 0.02],
  ['self-production', 0.03],
  ['between-minors', 0.02],
  ['two-countries', 0.02],
  ['behind-a-proxy', 0.02],
  ['address-of-nobody', 0.01],
];

/** Accounts that pass one viral picture on. */
const viralAccounts = 2000;
const perPage = 3;

export const viralPictures = (size: ReportWorldSize): number => Math.max(1, Math.round((size.reports * 0.24) / 2000));

export const worldProviders = () => providersOf([...usersByCountry(7500).keys()]);

/** Every report of the world, in an order in which kinds and countries are mixed. */
export const planReports = (size: ReportWorldSize): readonly PlannedReport[] => {
  const random = randomFrom(size.seed ^ 0x72_65_70);
  const users = makeUsers(random, usersOf(size), worldProviders());
  const kinds = kindsOf(size.reports, random);
  const counts = { viral: 0, told: 0 };
  return kinds.map((kind, place): PlannedReport => {
    const isViral = kind === 'viral' || kind === 'marked-viral';
    const common = isViral
      ? Math.min(viralPictures(size) - 1, Math.floor(counts.viral / viralAccounts))
      : Math.floor(counts.told / perPage);
    // Of one viral picture each report is of another account; of one page each is by another service.
    const user = isViral ? users[counts.viral % users.length]! : users[whole(random, 0, users.length - 1)]!;
    const reporter = kind === 'told-again' ? counts.told % reporters : serviceOf(user);
    if (isViral) counts.viral += 1;
    if (kind === 'told-again') counts.told += 1;
    return { place, kind, reporter, user, other: otherThan(user, users, place), common };
  });
};

/** Where the account is. */
const serviceOf = ({ account }: User): number => Number(account.slice(-4)) % reporters;

const otherThan = (user: User, users: readonly User[], place: number): User => {
  for (let step = 0; step < users.length; step++) {
    const other = users[(place + step) % users.length]!;
    if (other.country !== user.country) return other;
  }
  throw new RangeError('all users are of one country');
};

const kindsOf = (reports: number, random: Random): readonly ReportKind[] => {
  const kinds = shares.flatMap(([kind, share]) =>
    Array<ReportKind>(Math.max(1, Math.round(reports * share))).fill(kind),
  );
  const all = [...kinds, ...Array<ReportKind>(Math.max(0, reports - kinds.length)).fill('ordinary')].slice(0, reports);
  return all
    .map((kind) => ({ kind, turn: random() }))
    .toSorted((one, other) => one.turn - other.turn)
    .map(({ kind }) => kind);
};
