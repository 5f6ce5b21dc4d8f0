/** Hashes in a full tile, entries in a full bundle (C2SP tlog-tiles, "Merkle Tree"): 2^8. */
export const tileWidth = 256;

const highestLevel = 63;

/** Which tile: hash number i of it is the root over leaves `(index · 256 + i) · 256^level` and the 256^level − 1 after. */
export interface TilePlace {
  readonly kind: 'hashes';
  /** 0 to 63; 0 has leaf hashes. */
  readonly level: number;
  readonly index: bigint;
  /** 1 to 255 for a partial tile, 256 for a full one. */
  readonly width: number;
}

/** Which bundle of entries: those from `index · 256` on. */
export interface BundlePlace {
  readonly kind: 'entries';
  readonly index: bigint;
  /** 1 to 255 for a partial bundle, 256 for a full one. */
  readonly width: number;
}

/** Below the log's prefix: `tile/0/x001/x234/067.p/8`, `tile/entries/000`. */
export const formatTilePath = (place: TilePlace | BundlePlace): string => {
  const of = place.kind === 'entries' ? 'entries' : String(place.level);
  const partial = place.width === tileWidth ? '' : `.p/${place.width}`;
  return `tile/${of}/${formatIndex(place.index)}${partial}`;
};

/** `undefined` for every text but the one that `formatTilePath` writes for a place. */
export const parseTilePath = (path: string): TilePlace | BundlePlace | undefined => {
  const [, of = '', indexText = '', widthText] =
    /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,6}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? [];
  if (of === '') return undefined;
  const width = widthText === undefined ? tileWidth : Number(widthText);
  const index = BigInt(indexText.replaceAll(/[x/]/g, ''));
  const level = of === 'entries' ? 0 : Number(of);
  if (level > highestLevel || (widthText !== undefined && width >= tileWidth)) return undefined;
  // Leading groups of zeros would make two addresses of one tile.
  if (formatIndex(index) !== indexText) return undefined;
  return of === 'entries' ? { kind: 'entries', index, width } : { kind: 'hashes', level, index, width };
};

/** Groups of three digits, all but the last behind an `x`: 1234067 is `x001/x234/067`. */
const formatIndex = (index: bigint): string => {
  const digits = index.toString();
  const groups = digits.padStart(3 * Math.ceil(digits.length / 3), '0').match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
};

/** Complete hashes at a level of a tree of `size` leaves: floor(size / 256^level). */
export const hashesAtLevel = (size: bigint, level: number): bigint => size >> BigInt(8 * level);

/** The tile that holds hash number `hash` of a level, as wide as a tree of `size` leaves has it. */
export const tileOf = (level: number, hash: bigint, size: bigint): TilePlace => {
  const index = hash / BigInt(tileWidth);
  return { kind: 'hashes', level, index, width: widthIn(hashesAtLevel(size, level), index) };
};

/** The bundle that holds the entry number `entry`, as wide as a tree of `size` leaves has it. */
export const bundleOf = (entry: bigint, size: bigint): BundlePlace => {
  const index = entry / BigInt(tileWidth);
  return { kind: 'entries', index, width: widthIn(size, index) };
};

const widthIn = (hashes: bigint, index: bigint): number => {
  const left = hashes - index * BigInt(tileWidth);
  return left >= BigInt(tileWidth) ? tileWidth : Math.max(0, Number(left));
};
