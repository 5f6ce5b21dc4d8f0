/** A seizure as its locks see it: who locked what with which password. Seeded; no password is a text here. */

/** Published parameters of the simulation. */
export const parameters = {
  files: 1_500_000,
  owners: 7_500,
  /** Sizes of owners fall as rank^-0.8. */
  ownerExponent: 0.8,
  /** Volumes of a set: geometric with this mean. */
  volumesMean: 3.5,
  list: 10_000,
  /** Passwords that stand in the list; the others are met once. */
  inList: 0.6,
  /** Use of the list's words falls as rank^-0.78 (the exponent published for leaked lists). */
  wordExponent: 0.78,
  /** Owners who write words near their archives (a readme, a post), how many words, and how often the right one is there. */
  tellingOwners: 0.3,
  hintIsRight: 0.5,
  hintWords: 8,
};

/** xoshiro128** */
export const random = (seed) => {
  let [a, b, c, d] = [seed, seed ^ 0x9e3779b9, seed ^ 0x243f6a88, seed ^ 0xb7e15162].map((word) => word >>> 0);
  const rotated = (word, by) => (word << by) | (word >>> (32 - by));
  const next = () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result / 2 ** 32;
  };
  for (let warm = 0; warm < 20; warm++) next();
  return next;
};

const sampler = (count, exponent, next) => {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) sums[rank] = sum += (rank + 1) ** -exponent;
  return () => {
    const wanted = next() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};

/**
 * @returns sets of volumes: owner, password (rank in the list, or beyond it), volumes, hint (0 none, 1 wrong, 2 right)
 */
export const makeSeizure = (seed, reuse, settings = parameters) => {
  const next = random(seed);
  const ownerOf = sampler(settings.owners, settings.ownerExponent, next);
  const wordOf = sampler(settings.list, settings.wordExponent, next);
  let unlisted = settings.list;
  const password = () => (next() < settings.inList ? wordOf() : unlisted++);
  const main = Array.from({ length: settings.owners }, password);
  const tells = Array.from({ length: settings.owners }, () => next() < settings.tellingOwners);
  const sets = { owner: [], password: [], volumes: [], hint: [] };
  for (let files = 0; files < settings.files; ) {
    let volumes = 1;
    while (next() > 1 / settings.volumesMean) volumes++;
    volumes = Math.min(volumes, settings.files - files);
    files += volumes;
    const owner = ownerOf();
    sets.owner.push(owner);
    sets.password.push(next() < reuse ? main[owner] : password());
    sets.volumes.push(volumes);
    sets.hint.push(tells[owner] ? (next() < settings.hintIsRight ? 2 : 1) : 0);
  }
  return sets;
};
