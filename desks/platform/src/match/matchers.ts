import type { Db } from '@tutela/db';
import { loadMatcher, type Matcher } from './matcher.js';

/** The matchers in memory, each loaded once; the least recently asked for is dropped first. */
export interface Matchers {
  readonly of: (version: string) => Promise<Matcher>;
}

const kept = 4;

export const openMatchers = (db: Db): Matchers => {
  const loaded = new Map<string, Promise<Matcher>>();
  return {
    of: (version) => {
      const matcher = loaded.get(version) ?? loadMatcher(db, version);
      loaded.delete(version);
      loaded.set(version, matcher);
      // A failed load must not be remembered.
      matcher.catch(() => loaded.delete(version));
      const [oldest] = loaded.keys();
      if (loaded.size > kept && oldest !== undefined) loaded.delete(oldest);
      return matcher;
    },
  };
};
