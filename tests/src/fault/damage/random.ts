/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** 0 up to `below`, without it. */
  readonly below: (below: number) => number;
  readonly of: <T>(list: readonly T[]) => T;
  readonly bytes: (length: number) => Buffer;
}

export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    of: (list) => {
      if (list.length === 0) throw new RangeError('there is nothing to choose from');
      return list[below(list.length)] as (typeof list)[number];
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
};
