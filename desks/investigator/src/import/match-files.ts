import { groupBy } from '@tutela/core';
import type { DeliveredFile } from '@tutela/cybertip';

/** What of an entry decides which file of the report it is. */
export interface Candidate {
  /** Without folders. */
  readonly baseName: string;
  readonly md5: string;
}

/** The stated MD5, `undefined` where none or something else was stated. */
export const statedMd5 = ({ verificationHash }: Pick<DeliveredFile, 'verificationHash'>): string | undefined => {
  const stated = verificationHash?.trim().toLowerCase();
  return stated !== undefined && /^[0-9a-f]{32}$/.test(stated) ? stated : undefined;
};

interface Pass<C> {
  readonly of: (file: DeliveredFile) => string | undefined;
  readonly with: (entry: C) => string;
  /** Equal bytes may belong to several files. */
  readonly claims: 'once' | 'again';
}

/** Who packs a ZIP often numbers its files, as the clearinghouse desk does: `0001-a.png`. */
const numbering = /^\d{1,6}[-_ ]/;

const passes: readonly Pass<Candidate>[] = [
  {
    of: (file) => (file.name === null ? undefined : `${statedMd5(file)} ${file.name}`),
    with: ({ md5, baseName }) => `${md5} ${baseName}`,
    claims: 'once',
  },
  { of: statedMd5, with: ({ md5 }) => md5, claims: 'once' },
  { of: ({ name }) => name ?? undefined, with: ({ baseName }) => baseName, claims: 'once' },
  { of: ({ name }) => name ?? undefined, with: ({ baseName }) => baseName.replace(numbering, ''), claims: 'once' },
  { of: ({ originalName }) => originalName ?? undefined, with: ({ baseName }) => baseName, claims: 'once' },
  { of: statedMd5, with: ({ md5 }) => md5, claims: 'again' },
];

/** For each file of the report the entry that is it: by digest and name, by digest, by name. */
export const matchFiles = <C extends Candidate>(
  files: readonly DeliveredFile[],
  entries: readonly C[],
): ReadonlyMap<DeliveredFile, C> => {
  const matched = new Map<DeliveredFile, C>();
  const claimed = new Set<C>();
  for (const pass of passes) {
    const free = pass.claims === 'again' ? entries : entries.filter((entry) => !claimed.has(entry));
    const byKey = new Map([...groupBy(free, pass.with)].map(([key, group]) => [key, [...group]]));
    for (const file of files) {
      const key = matched.has(file) ? undefined : pass.of(file);
      const group = key === undefined ? undefined : byKey.get(key);
      const entry = pass.claims === 'again' ? group?.[0] : group?.shift();
      if (entry === undefined) continue;
      matched.set(file, entry);
      claimed.add(entry);
    }
  }
  return matched;
};
