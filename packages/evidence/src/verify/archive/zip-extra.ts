/** Lengths of a member as they are stored and as they unpack, and where it begins. */
export interface Places {
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

/**
 * Fields that change nothing of what a checker reads: times and owners as Info-ZIP, NTFS and Java have them. Others give a
 * member another name (0x7075) or another meaning to some programs and not to others.
 */
const passedOver: ReadonlySet<number> = new Set([0x000a, 0x5455, 0x5855, 0x7855, 0x7875, 0xcafe]);

const zip64 = 1;

/**
 * Extra fields (APPNOTE.TXT 4.5). Field 1 holds what does not fit into 32 bits, in this order, as far as it does not.
 * @returns `undefined` for a field that is not known or is cut
 */
export const withExtra = (extra: Uint8Array, { size, packed, offset }: Places): Places | undefined => {
  let values: bigint[] = [];
  for (let at = 0; at < extra.length; ) {
    if (at + 4 > extra.length) return undefined;
    const field = view(extra.subarray(at, at + 4));
    const kind = field.getUint16(0, true);
    const next = at + 4 + field.getUint16(2, true);
    if (next > extra.length || (kind !== zip64 && !passedOver.has(kind))) return undefined;
    if (kind === zip64) {
      const content = view(extra.subarray(at + 4, next));
      values = Array.from({ length: content.byteLength >> 3 }, (_, index) => content.getBigUint64(index * 8, true));
    }
    at = next;
  }
  const take = (value: number): number => {
    if (value !== 0xffffffff) return value;
    const large = values.shift();
    return large === undefined || large > BigInt(Number.MAX_SAFE_INTEGER) ? Number.NaN : Number(large);
  };
  const places = { size: take(size), packed: take(packed), offset: take(offset) };
  return Object.values(places).every(Number.isSafeInteger) ? places : undefined;
};

export const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
