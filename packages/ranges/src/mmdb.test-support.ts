import { prefixRange } from './address.js';

type Node = { zero: Node | string | undefined; one: Node | string | undefined };

/** A MaxMind DB (format 2.0, IPv6 tree, records of 24 bits) of prefixes and countries, written for tests. */
export const writeMmdb = (
  countries: readonly (readonly [prefix: string, country: string])[],
  { name, at }: { readonly name: string; readonly at: Date },
): Buffer => {
  const root: Node = { zero: undefined, one: undefined };
  for (const [prefix, country] of countries) insert(root, prefix, country);
  const nodes: Node[] = [];
  number(root, nodes);
  const places = new Map<string, number>();
  let data = Buffer.alloc(0);
  for (const [, country] of countries) {
    if (places.has(country)) continue;
    places.set(country, data.length);
    data = Buffer.concat([data, map([['country', map([['iso_code', text(country)]])]])]);
  }
  const at24 = (of: Node | string | undefined): Buffer => {
    const value =
      of === undefined
        ? nodes.length
        : typeof of === 'string'
          ? nodes.length + 16 + (places.get(of) ?? 0)
          : nodes.indexOf(of);
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes.subarray(1);
  };
  const metadata = map([
    ['binary_format_major_version', uint(5, 2)],
    ['binary_format_minor_version', uint(5, 0)],
    ['build_epoch', uint(9, Math.floor(at.getTime() / 1000))],
    ['database_type', text(name)],
    ['description', map([['en', text('for tests')]])],
    ['ip_version', uint(5, 6)],
    ['languages', Buffer.concat([Buffer.from([1, 4]), text('en')])],
    ['node_count', uint(6, nodes.length)],
    ['record_size', uint(5, 24)],
  ]);
  return Buffer.concat([
    ...nodes.flatMap(({ zero, one }) => [at24(zero), at24(one)]),
    Buffer.alloc(16),
    data,
    Buffer.from('abcdef4d61784d696e642e636f6d', 'hex'),
    metadata,
  ]);
};

/** IPv4 lies at `::/96` in such files. */
const insert = (root: Node, prefix: string, country: string): void => {
  const range = prefixRange(prefix);
  if (range === undefined) throw new TypeError(`${prefix} is no prefix`);
  const [address = '', length = ''] = prefix.split('/');
  const isV4 = !address.includes(':');
  const bits = Number(length) + (isV4 ? 96 : 0);
  const first = isV4 ? range.first & 0xffff_ffffn : range.first;
  let node = root;
  for (let bit = 0; bit < bits; bit++) {
    const side = (first >> BigInt(127 - bit)) & 1n ? 'one' : 'zero';
    const next = node[side];
    if (bit === bits - 1) node[side] = country;
    else if (typeof next === 'object') node = next;
    else {
      const made: Node = { zero: next, one: next };
      node[side] = made;
      node = made;
    }
  }
};

const number = (node: Node, nodes: Node[]): void => {
  nodes.push(node);
  for (const side of [node.zero, node.one]) if (typeof side === 'object') number(side, nodes);
};

const text = (value: string): Buffer => Buffer.concat([Buffer.from([0x40 | small(value.length)]), Buffer.from(value)]);

const small = (length: number): number => {
  if (length > 28) throw new TypeError('longer than this writer writes');
  return length;
};

const map = (members: readonly (readonly [string, Buffer])[]): Buffer =>
  Buffer.concat([
    Buffer.from([0xe0 | small(members.length)]),
    ...members.flatMap(([key, value]) => [text(key), value]),
  ]);

/** Types 5 and 6 stand in the control byte, 9 in the byte after it. */
const uint = (type: 5 | 6 | 9, value: number): Buffer => {
  const digits = value.toString(16);
  const bytes =
    value === 0 ? Buffer.alloc(0) : Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from(type === 9 ? [bytes.length, 2] : [(type << 5) | bytes.length]), bytes]);
};
