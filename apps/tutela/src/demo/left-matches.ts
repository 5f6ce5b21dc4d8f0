import type { Platform } from '@tutela/platform-desk';

/** What was found and left to whoever visits, and what they have decided since. */
export interface LeftMatch {
  readonly account: string;
  readonly name: string;
  readonly found: 'exact' | 'near';
  readonly state: 'waiting' | 'confirmed' | 'dismissed';
}

export const leftMatches = async (platform: Platform, accounts: ReadonlySet<string>): Promise<readonly LeftMatch[]> => {
  const found: LeftMatch[] = [];
  for (const account of accounts) {
    for (const { name, kind, decision } of await platform.listMatches({ state: 'all', account, limit: 500 })) {
      found.push({ account, name, found: kind, state: decision ?? 'waiting' });
    }
  }
  const keyOf = ({ account, name }: LeftMatch): string => `${account}/${name}`;
  return found.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
};
