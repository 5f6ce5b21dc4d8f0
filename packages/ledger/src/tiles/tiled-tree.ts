import type { Hasher } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import { append, emptyFrontier, rootOf } from '../tree/frontier.js';
import type { Hash } from '../tree/hashing.js';
import type { TreeReader } from '../tree/proof.js';
import { decodeTile } from './tile.js';
import { formatTilePath, type TilePlace, tileOf, tileWidth } from './tile-place.js';

export interface TileSource {
  readonly hasher: Hasher;
  /** Leaves of the checkpoint whose tree is read. */
  readonly size: bigint;
  /** The bytes at a path below the log's prefix. */
  readonly readTile: (path: string, place: TilePlace) => Promise<Uint8Array>;
}

/**
 * A tree of which only the tiles are at hand: proofs and roots come from it as from a stored one. Nothing of it is
 * believed until a root made of it is that of a signed checkpoint.
 * @throws LedgerError `invalid` from `readNode` for a tile that is not as wide as the tree has it
 */
export const tiledTree = ({ hasher, size, readTile }: TileSource): TreeReader => {
  const hashesOf = async (level: number, from: bigint, count: number): Promise<readonly Hash[]> => {
    const place = tileOf(level, from, size);
    const path = formatTilePath(place);
    const hashes = decodeTile(await readTile(path, place), place.width);
    const at = Number(from % BigInt(tileWidth));
    if (hashes === undefined || at + count > hashes.length) {
      throw new LedgerError('invalid', `${path} is not the tile of a tree of ${size} leaves`);
    }
    return hashes.slice(at, at + count);
  };
  return {
    hasher,
    readNode: async (level, index) => {
      const span = 2 ** (level % 8);
      const hashes = await hashesOf(Math.floor(level / 8), index * BigInt(span), span);
      return rootOf(
        hasher,
        hashes.reduce((frontier, hash) => append(hasher, frontier, hash), emptyFrontier),
      );
    },
  };
};
