import { randomBytes, randomInt } from 'node:crypto';
import type { Tx } from '@tutela/db';
import type { SmallType } from '@tutela/hashlist';
import type { ListRow } from '../queries/catalogue.js';
import { type NewEntryRow, type Shape, sampleShapes } from '../queries/curation.js';
import type { Fingerprints, MemberId } from '../schema.js';
import { rowOf } from './new-entry.js';

/**
 * Entries that one recipient alone receives and that belong to no picture: random hashes, so that nothing matches them
 * but by the accident of 2^-128. They take their look from entries of the list.
 */
export const makeCanaries = async (tx: Tx, list: ListRow, member: MemberId): Promise<readonly NewEntryRow[]> => {
  const known = await sampleShapes(tx, list.list_id, list.canaries_each);
  return Array.from({ length: list.canaries_each }, (_, at) => {
    const shape = known[at % Math.max(1, known.length)] ?? plain(list);
    const { submitter_id: submitter, media, classification } = shape;
    const record = { v: 1, kind: 'canary', member };
    const entry = {
      media,
      submitter,
      large: {},
      record,
      canaryOf: member,
      fingerprints: randomLike(shape.fingerprints),
    };
    return rowOf(list.list_id, classification === null ? entry : { ...entry, classification });
  });
};

/** Of a list that is empty yet. */
const plain = (list: ListRow): Shape => ({
  submitter_id: list.publisher_id,
  media: 'image',
  classification: null,
  fingerprints: { MD5: '', SHA1: '', PDQ: '' },
});

const bytesOf: Readonly<Partial<Record<SmallType, number>>> = { MD5: 16, SHA1: 20 };

const randomLike = (fingerprints: Fingerprints): Fingerprints => {
  const types = (Object.keys(fingerprints) as (keyof Fingerprints)[]).filter(
    (type) => type === 'MD5' || type === 'SHA1' || type === 'PDQ',
  );
  return Object.fromEntries(
    (types.length === 0 ? (['MD5'] as const) : types).map((type) => [
      type,
      type === 'PDQ' ? randomPdq() : randomBytes(bytesOf[type as SmallType] ?? 16).toString('hex'),
    ]),
  );
};

/** 128 of its 256 bits are set, as in PDQ of a picture, whose bits are cut at the median. */
const randomPdq = (): string => {
  const places = Array.from({ length: 256 }, (_, at) => at);
  const bytes = Buffer.alloc(32);
  for (let set = 0; set < 128; set++) {
    const [place = 0] = places.splice(randomInt(places.length), 1);
    bytes.writeUInt8(bytes.readUInt8(place >> 3) | (1 << (place & 7)), place >> 3);
  }
  return bytes.toString('hex');
};
