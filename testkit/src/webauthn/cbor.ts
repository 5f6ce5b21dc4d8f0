/** What an attestation object is made of. Order of a map is the order of its entries. */
export type CborValue = number | string | Uint8Array | ReadonlyMap<number | string, CborValue>;

/** CBOR (RFC 8949 §3): whole numbers, byte strings, text and maps, in their shortest form. */
export const encodeCbor = (value: CborValue): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([
    head(5, value.size),
    ...[...value].flatMap(([name, member]) => [encodeCbor(name), encodeCbor(member)]),
  ]);
};

const head = (majorType: number, count: number): Buffer => {
  const type = majorType << 5;
  if (count < 24) return Buffer.from([type | count]);
  if (count < 0x100) return Buffer.from([type | 24, count]);
  if (count < 0x1_0000) return Buffer.from([type | 25, count >> 8, count & 0xff]);
  throw new RangeError(`${count} is more than an authenticator ever says`);
};
