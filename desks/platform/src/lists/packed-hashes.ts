import type { HashKind } from '@tutela/hashlist';

const hashWidths = { md5: 16, sha1: 20, sha256: 32, pdq: 32 } as const satisfies Record<HashKind, number>;

/** At most 65,536 hashes and the lines they came from, packed. */
export interface HashPart {
  readonly hashes: Buffer;
  /** Four bytes each, little-endian. */
  readonly lines: Buffer;
}

export interface PackedColumn {
  readonly add: (hash: Uint8Array, line: number) => void;
  readonly parts: () => readonly HashPart[];
}

export type PackedHashes = Readonly<Record<HashKind, PackedColumn>>;

const hashesInPart = 65_536;

export const packHashes = (): PackedHashes => ({
  sha256: packColumn('sha256'),
  sha1: packColumn('sha1'),
  md5: packColumn('md5'),
  pdq: packColumn('pdq'),
});

const packColumn = (kind: HashKind): PackedColumn => {
  const width = hashWidths[kind];
  const full: HashPart[] = [];
  let current = emptyPart(width);
  let filled = 0;
  const end = (): HashPart => ({
    hashes: current.hashes.subarray(0, width * filled),
    lines: current.lines.subarray(0, 4 * filled),
  });
  return {
    add: (hash, line) => {
      if (filled === hashesInPart) {
        full.push(end());
        current = emptyPart(width);
        filled = 0;
      }
      current.hashes.set(hash, width * filled);
      current.lines.writeUInt32LE(line, 4 * filled);
      filled++;
    },
    parts: () => (filled === 0 ? full : [...full, end()]),
  };
};

const emptyPart = (width: number): HashPart => ({
  hashes: Buffer.alloc(width * hashesInPart),
  lines: Buffer.alloc(4 * hashesInPart),
});
