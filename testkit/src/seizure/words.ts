import { type Random, randomFrom, whole } from '../picture/random.js';

const starts = 'b br c cl d dr f fl g gr h j k kl l m n p pl qu r s sh sl st t th tr v w z'.split(' ');
const vowels = 'a e i o u ai ea ee oo ou'.split(' ');
const ends = ['', '', 'l', 'm', 'n', 'nd', 'r', 'rt', 's', 'st', 't', 'ck'];

export const pick = <T>(random: Random, list: readonly T[]): T => list[whole(random, 0, list.length - 1)]!;

/** A word that means nothing. */
export const inventedWord = (random: Random, syllables: number): string =>
  Array.from({ length: syllables }, (_, at) => {
    const end = at === syllables - 1 ? pick(random, ends) : '';
    return `${pick(random, starts)}${pick(random, vowels)}${end}`;
  }).join('');

/** `first` and then invented words up to `count`, each once; likelier ones stand first, as in lists that people share. */
export const wordList = (seed: number, count: number, first: readonly string[]): readonly string[] => {
  const random = randomFrom(seed ^ 0x77_6f_72_64);
  const words = new Set(first);
  while (words.size < count) {
    const word = inventedWord(random, whole(random, 2, 3));
    words.add(random() < 0.6 ? `${word}${whole(random, 1, 99)}` : word);
  }
  return [...words];
};
