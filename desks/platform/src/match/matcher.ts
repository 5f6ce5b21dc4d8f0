import type { Db } from '@tutela/db';
import type { Digests, Pdq, Variant } from '@tutela/fingerprint';
import { buildDigestTable, buildHammingIndex } from '@tutela/hashindex';
import type { HashKind } from '@tutela/hashlist';
import { listParts } from '../queries/lists.js';

/** A line of the list and how the file agrees with it. */
export interface Hit {
  readonly kind: 'exact' | 'near';
  readonly listKind: HashKind;
  /** Line of the list's source. */
  readonly line: number;
  /** Bits, for `near`. */
  readonly distance?: number;
  /** How the file has to be turned to agree, for `near`. */
  readonly variant?: Variant;
  /** How the picture was decoded, for `near`: shrunk smoothly, or sampled as the reference does. */
  readonly decode?: 'default' | 'exact';
}

/** One list version in memory. */
export interface Matcher {
  readonly exact: (digests: Digests) => Hit | undefined;
  /** The nearest listed picture within the threshold (bits). Variants are asked for one by one, the first being enough. */
  readonly near: (
    variants: Iterable<{ readonly variant: Variant; readonly pdq: Pdq }>,
    threshold: number,
  ) => Hit | undefined;
}

interface Part {
  readonly hashes: Uint8Array;
  readonly lineOf: (entry: number) => number;
}

export const loadMatcher = async (db: Db, version: string): Promise<Matcher> => {
  const [sha256, sha1, md5, pdq] = await Promise.all([
    loadPart(db, version, 'sha256'),
    loadPart(db, version, 'sha1'),
    loadPart(db, version, 'md5'),
    loadPart(db, version, 'pdq'),
  ]);
  // Strongest digest first: it names the reason that will be read out.
  const tables = [
    { listKind: 'sha256', part: sha256, table: buildDigestTable(sha256.hashes, 32) },
    { listKind: 'sha1', part: sha1, table: buildDigestTable(sha1.hashes, 20) },
    { listKind: 'md5', part: md5, table: buildDigestTable(md5.hashes, 16) },
  ] as const;
  const pictures = buildHammingIndex(pdq.hashes);
  return {
    exact: (digests) => {
      for (const { listKind, part, table } of tables) {
        const [entry] = table.find(digests[listKind]);
        if (entry !== undefined) return { kind: 'exact', listKind, line: part.lineOf(entry) };
      }
      return undefined;
    },
    near: (variants, threshold) => {
      for (const { variant, pdq: needle } of variants) {
        const [hit] = pictures.search(needle.hash, threshold);
        if (hit === undefined) continue;
        return { kind: 'near', listKind: 'pdq', line: pdq.lineOf(hit.entry), distance: hit.distance, variant };
      }
      return undefined;
    },
  };
};

const loadPart = async (db: Db, version: string, kind: HashKind): Promise<Part> => {
  const rows = await listParts(db, version, kind);
  const lines = Buffer.concat(rows.map((row) => row.lines));
  return { hashes: Buffer.concat(rows.map((row) => row.hashes)), lineOf: (entry) => lines.readUInt32LE(4 * entry) };
};
