import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { type Variant, variants } from '@tutela/fingerprint';
import { buildDigestTable, buildHammingIndex } from '@tutela/hashindex';
import { type ListEntry, readHashList } from '@tutela/hashlist';

const digestNames = ['sha256', 'sha1', 'md5'] as const;
export type DigestName = (typeof digestNames)[number];
const widths = { sha256: 32, sha1: 20, md5: 16 } as const;

/** A file that agrees with an entry of a list by a digest: a fact about its bytes. */
export interface ExactHit {
  readonly by: DigestName;
  /** Of the list, where the entry begins. */
  readonly line: number;
}

/** A picture that looks like an entry of a list: a lead, to be looked at by a person. */
export interface NearHit {
  /** Of the list, where the entry begins. */
  readonly line: number;
  /** Bits. */
  readonly distance: number;
  /** How the picture has to be turned to agree. */
  readonly variant: Variant;
}

/** One list of known files in memory. */
export interface KnownList {
  readonly name: string;
  /** Of the list's file, hexadecimal. */
  readonly sha256: string;
  readonly entries: number;
  /** By the strongest digest that agrees; digests are hexadecimal. */
  readonly exact: (digests: Readonly<Record<DigestName, string>>) => ExactHit | undefined;
  /**
   * Of each picture, given by its hash as it is and turned in each other way (8 times 32 bytes, in the order of
   * `variants`), the nearest entry within the threshold (bits): as it is, if there is one, else turned.
   */
  readonly near: (pictures: readonly Uint8Array[], threshold: number) => readonly (NearHit | undefined)[];
}

/** @throws HashListError for a list that cannot be read to its end */
export const readKnownList = async (file: string): Promise<KnownList> => {
  const found = { sha256: newColumn(), sha1: newColumn(), md5: newColumn(), pdq: newColumn() };
  const hash = createHash('sha256');
  const stream = createReadStream(file).on('data', (piece) => hash.update(piece));
  let entries = 0;
  for await (const item of readHashList(stream)) {
    if (item.kind !== 'entry') continue;
    entries++;
    add(found, item.entry);
  }
  const tables = digestNames.map((by) => ({
    by,
    table: buildDigestTable(Buffer.concat(found[by].hashes), widths[by]),
  }));
  const pictures = buildHammingIndex(Buffer.concat(found.pdq.hashes));
  return {
    name: path.basename(file),
    sha256: hash.digest('hex'),
    entries,
    exact: (digests) => {
      for (const { by, table } of tables) {
        const [place] = table.find(Buffer.from(digests[by], 'hex'));
        if (place !== undefined) return { by, line: found[by].lines[place] ?? 0 };
      }
      return undefined;
    },
    near: (asked, threshold) => {
      const hits = pictures.searchMany(Buffer.concat(asked), threshold);
      return asked.map((_, at) => {
        for (const [turn, variant] of variants.entries()) {
          const hit = hits[at * variants.length + turn]?.[0];
          if (hit !== undefined) return { line: found.pdq.lines[hit.entry] ?? 0, distance: hit.distance, variant };
        }
        return undefined;
      });
    },
  };
};

interface Column {
  readonly hashes: Uint8Array[];
  readonly lines: number[];
}
const newColumn = (): Column => ({ hashes: [], lines: [] });

const add = (columns: Readonly<Record<DigestName | 'pdq', Column>>, { hashes, flags, line }: ListEntry): void => {
  for (const kind of [...digestNames, 'pdq'] as const) {
    const hash = hashes[kind];
    // A flagged PDQ stands for every flat picture there is: it would match what nobody listed.
    if (hash === undefined || (kind === 'pdq' && flags.length > 0)) continue;
    columns[kind].hashes.push(Buffer.from(hash, 'hex'));
    columns[kind].lines.push(line);
  }
};
