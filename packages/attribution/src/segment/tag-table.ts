import { AttributionError } from '../attribution-error.js';
import type { OpaqueTag } from './holding.js';
import { readTag, tagBytes } from './row-shape.js';

/** What a segment says in place of 16 bytes: the place of a tag among its sorted tags. */
export interface TagRanks {
  /** Sorted, 16 bytes each. */
  readonly tags: Buffer;
  readonly rankOf: (bytes: Buffer, at: number) => number;
}

/**
 * Collects distinct tags by hashing into typed arrays; memory is about 40 bytes a tag.
 * @throws AttributionError `too-many-tags` beyond `limit`: an exporter and day with so many holders is no exporter.
 */
export const collectTags = (limit: number) => {
  let tags = Buffer.alloc(1024 * tagBytes);
  let slots = new Int32Array(4096).fill(-1);
  let count = 0;

  const slotOf = (bytes: Buffer, at: number): number => {
    let slot = hash(bytes, at) & (slots.length - 1);
    for (let held = slots[slot]!; held >= 0; held = slots[slot]!) {
      if (bytes.compare(tags, held * tagBytes, (held + 1) * tagBytes, at, at + tagBytes) === 0) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  };
  const grow = (): void => {
    tags = Buffer.concat([tags.subarray(0, count * tagBytes)], 2 * count * tagBytes);
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let tag = 0; tag < count; tag++) slots[slotOf(tags, tag * tagBytes)] = tag;
  };
  return {
    add: (bytes: Buffer, at: number): void => {
      const slot = slotOf(bytes, at);
      if (slots[slot]! >= 0) return;
      if (count === limit) throw new AttributionError('too-many-tags', `more than ${limit} distinct tags`);
      bytes.copy(tags, count * tagBytes, at, at + tagBytes);
      slots[slot] = count++;
      if (count * tagBytes === tags.length) grow();
    },
    finish: (): TagRanks => {
      const order = Uint32Array.from({ length: count }, (_, tag) => tag).sort((one, other) =>
        tags.compare(tags, other * tagBytes, (other + 1) * tagBytes, one * tagBytes, (one + 1) * tagBytes),
      );
      const rank = new Uint32Array(count);
      const sorted = Buffer.alloc(count * tagBytes);
      for (const [place, tag] of order.entries()) {
        rank[tag] = place;
        tags.copy(sorted, place * tagBytes, tag * tagBytes, (tag + 1) * tagBytes);
      }
      return { tags: sorted, rankOf: (bytes, at) => rank[slots[slotOf(bytes, at)]!]! };
    },
  };
};

/** Tags are themselves the output of a keyed hash; mixing their words suffices. */
const hash = (bytes: Buffer, at: number): number => {
  let mixed = 0x811c9dc5;
  for (let word = 0; word < tagBytes; word += 4) mixed = Math.imul(mixed ^ bytes.readInt32LE(at + word), 0x01000193);
  return mixed ^ (mixed >>> 15);
};

/** The tags of an opened segment. @throws AttributionError `damaged-segment` unless they ascend. */
export const checkTags = (tags: Buffer): void => {
  for (let at = tagBytes; at < tags.length; at += tagBytes) {
    if (tags.compare(tags, at, at + tagBytes, at - tagBytes, at) >= 0) {
      throw new AttributionError('damaged-segment', 'its tags are not in order');
    }
  }
};

export const tagAt = (tags: Buffer, rank: number): OpaqueTag => readTag(tags, rank * tagBytes);
