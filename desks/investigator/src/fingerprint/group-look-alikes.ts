import { nearBits } from '@tutela/fingerprint';
import { buildHammingIndex } from '@tutela/hashindex';

const hashBytes = 32;

/** Contents looked for at once: between two such lots, others have their turn. */
const lot = 256;

/** By place: the leader's place, and the distance from it in bits. A leader is its own; so is whoever looks like nobody. */
export interface LookAlikes {
  readonly leaders: Uint32Array;
  readonly distances: Uint8Array;
}

/**
 * Groups contents around leaders. In the order given, whatever no leader before it looks like becomes a leader itself; the
 * others stand with the nearest leader, at equal distance with the first. So everybody in a stack is within `nearBits` of
 * one picture, and no chain of small edits joins strangers. One look-up a leader, none for the others.
 * @param hashes PDQ hashes, 32 bytes each, one after another
 * @param turnedOf the hashes of the contents at these places, turned in the other ways: as many bytes for each
 */
export const groupLookAlikes = async (
  hashes: Uint8Array,
  turnedOf: (places: readonly number[]) => Promise<Uint8Array>,
): Promise<LookAlikes> => {
  const count = hashes.length / hashBytes;
  const leaders = new Uint32Array(count).fill(nobody);
  const distances = new Uint8Array(count).fill(nearBits + 1);
  const index = buildHammingIndex(hashes);
  for (let from = 0; from < count; from += lot) {
    const waiting: number[] = [];
    for (let place = from; place < Math.min(count, from + lot); place++)
      if (leaders[place] === nobody) waiting.push(place);
    if (waiting.length === 0) continue;
    const turned = await turnedOf(waiting);
    const width = turned.length / waiting.length;
    for (const [at, leader] of waiting.entries()) {
      if (leaders[leader] !== nobody) continue;
      leaders[leader] = leader;
      distances[leader] = 0;
      const asItIs = hashes.subarray(leader * hashBytes, (leader + 1) * hashBytes);
      const needles = Buffer.concat([asItIs, turned.subarray(at * width, (at + 1) * width)]);
      for (const { entry, distance } of index.searchMany(needles, nearBits).flat()) {
        const isLeader = leaders[entry] === entry;
        if (isLeader || distance >= (distances[entry] ?? 0)) continue;
        leaders[entry] = leader;
        distances[entry] = distance;
      }
    }
  }
  return { leaders, distances };
};

const nobody = 0xffff_ffff;
