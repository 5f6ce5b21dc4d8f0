import { createHash } from 'node:crypto';

/** A content that was never a picture: only what is known of one. */
export interface SyntheticLook {
  readonly sha256: string;
  readonly size: number;
  readonly pdq: Buffer;
  /** The seven other ways, one after another. */
  readonly turned: Buffer;
}

const hashBytes = 32;
const ways = 7;

const bytesOf = (label: string, outputLength: number): Buffer =>
  createHash('shake256', { outputLength }).update(label).digest();

/** With so many bits turned over, which ones the label says. */
const edited = (hash: Buffer, bits: number, label: string): Buffer => {
  const other = Buffer.from(hash);
  const turnedOver = new Set<number>();
  for (let round = 0; turnedOver.size < bits; round++)
    for (const bit of bytesOf(`${label}/${round}`, 64)) if (turnedOver.size < bits) turnedOver.add(bit);
  for (const bit of turnedOver) other.writeUInt8(other.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return other;
};

/** Of ten families six are one picture, three a handful, one up to sixty. */
const familySize = (family: number, random: number): number => {
  if (family % 10 < 6) return 1;
  return family % 10 < 9 ? 2 + (random % 4) : 6 + (random % 55);
};

/**
 * The same for the same count. A family is a picture and edits of it, of up to 40 bits, one in five turned or mirrored,
 * so that some lie beyond the distance of a stack and some beside two leaders.
 */
export const syntheticLooks = (count: number): readonly SyntheticLook[] => {
  const looks: SyntheticLook[] = [];
  for (let family = 0; looks.length < count; family++) {
    const pdq = bytesOf(`family ${family}`, hashBytes);
    const turned = bytesOf(`turned ${family}`, ways * hashBytes);
    const size = familySize(family, pdq.readUInt8());
    for (let member = 0; member < size && looks.length < count; member++) {
      const label = `family ${family} member ${member}`;
      const random = bytesOf(label, 4);
      const way = random.readUInt8(2) % ways;
      const from = random.readUInt8() % 5 === 0 ? turned.subarray(way * hashBytes, (way + 1) * hashBytes) : pdq;
      looks.push({
        sha256: createHash('sha256').update(label).digest('hex'),
        size: 100_000 + random.readUInt16BE(0),
        pdq: member === 0 ? pdq : edited(from, random.readUInt8(1) % 41, label),
        turned: member === 0 ? turned : bytesOf(`turned ${label}`, ways * hashBytes),
      });
    }
  }
  return looks;
};

/** Bits, or more than `most` where it is more. */
export const distanceUpTo = (one: Uint32Array, at: number, other: Uint32Array, from: number, most: number): number => {
  let bits = 0;
  for (let word = 0; word < 8 && bits <= most; word++) {
    let differing = (one[at + word] ?? 0) ^ (other[from + word] ?? 0);
    differing -= (differing >>> 1) & 0x5555_5555;
    differing = (differing & 0x3333_3333) + ((differing >>> 2) & 0x3333_3333);
    bits += (((differing + (differing >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
  }
  return bits;
};
