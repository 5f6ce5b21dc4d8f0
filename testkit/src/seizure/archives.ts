import { type Random, whole } from '../picture/random.js';
import { type LockedKind, lockedKinds } from './lock/locked-archive.js';
import { momentBetween, serviceEnd, serviceStart, type User, zipfShares } from './people.js';
import { inventedWord, pick } from './words.js';

/** Where the password of an archive can be found, if anywhere. */
export type PasswordPlace = 'list' | 'post' | 'nowhere';

export interface Secret {
  readonly password: string;
  readonly place: PasswordPlace;
}

export interface PlannedArchive {
  readonly account: string;
  readonly kind: LockedKind;
  /** Below the seizure, without its ending. */
  readonly stem: string;
  readonly secret: Secret;
  readonly modified: Date;
}

/** The owner of the archive used the same password as for others. */
const reuse = 0.85;
const inList = 0.6;
const inPosts = 0.8;

const makeSecret = (random: Random, words: readonly string[]): Secret => {
  const chance = random();
  // A third of what is in lists stands among their first words.
  if (chance < inList) return { password: words[Math.floor(words.length * random() ** 3)]!, place: 'list' };
  const password = `${inventedWord(random, 2)}-${inventedWord(random, 2)}_${whole(random, 100, 9999)}`;
  return { password, place: chance < inPosts ? 'post' : 'nowhere' };
};

/** Archives of those who have some; every kind in turn, so that each owner has cheap and dear ones. */
export const planArchives = (
  random: Random,
  count: number,
  owners: readonly User[],
  words: readonly string[],
): readonly PlannedArchive[] => {
  let next = 0;
  const shares = zipfShares(count, Math.min(owners.length, count));
  return shares.flatMap((share, rank) => {
    const { account } = owners[rank]!;
    const usual = makeSecret(random, words);
    return Array.from({ length: share }, (): PlannedArchive => {
      const number = next++;
      return {
        account,
        kind: lockedKinds[number % lockedKinds.length]!,
        stem: `storage/${account}/${pick(random, ['share', 'backup', 'trade'])}/${inventedWord(random, 3)}-${number}`,
        secret: random() < reuse ? usual : makeSecret(random, words),
        modified: momentBetween(random, serviceStart, serviceEnd),
      };
    });
  });
};
