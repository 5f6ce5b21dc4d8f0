import { AttributionError } from '../attribution-error.js';
import { varintReader, writeVarint } from './varint.js';

/** One run of records: the holdings of one key, protocol and logged range of ports. */
export interface DirectoryEntry {
  readonly proto: number;
  readonly first: number;
  readonly last: number;
  readonly records: number;
}

/**
 * An entry is its number of records, doubled; odd where it does not go on like the one before: with its protocol, from the
 * port after its last, as many ports. Blocks of one size are a byte each.
 * @param holders distinct holders of the key in the period
 */
export const encodeKeyEntries = (key: Uint8Array, holders: number, entries: readonly DirectoryEntry[]): Uint8Array => {
  const bytes: number[] = [...key];
  writeVarint(bytes, holders);
  writeVarint(bytes, entries.length);
  let previous: DirectoryEntry | undefined;
  for (const entry of entries) {
    const { proto, first, last, records } = entry;
    const follows = previous?.proto === proto && first === previous.last + 1;
    const regular = follows && last - first === previous!.last - previous!.first;
    writeVarint(bytes, 2 * records + (regular ? 0 : 1));
    if (!regular) {
      bytes.push(proto);
      writeVarint(bytes, previous?.proto === proto ? first - previous.first : first);
      writeVarint(bytes, last - first);
    }
    previous = entry;
  }
  return Uint8Array.from(bytes);
};

/**
 * The directory in memory: keys in order, each with its entries in order of protocol, first and last port, each with
 * the place of its first record. 10 bytes an entry.
 */
export interface Directory {
  readonly keyBytes: number;
  readonly keys: Buffer;
  readonly keyCount: number;
  /** Of IPv4 keys: the same as numbers. */
  readonly addresses: Uint32Array;
  /** Of IPv6 keys: the prefix lengths that occur, longest first. */
  readonly lengths: readonly number[];
  /** Where the entries of key `k` begin; one more at the end. */
  readonly entriesOf: Uint32Array;
  readonly holdersOf: Uint32Array;
  /** Greatest `last − first` among the entries of a key: it bounds how far left a range can begin. */
  readonly spanOf: Uint16Array;
  /** The protocol of all entries of a key, or −1 where they differ: most look-ups then leave `proto` alone. */
  readonly protoOf: Int16Array;
  /** Records of a key. */
  readonly recordsOf: Float64Array;
  readonly proto: Uint8Array;
  readonly first: Uint16Array;
  readonly last: Uint16Array;
  /** Ordinal of each entry's first record; one more at the end. */
  readonly record: Float64Array;
}

/** @throws AttributionError `damaged-segment` unless keys and entries ascend and count `records` records. */
export const decodeDirectory = (bytes: Uint8Array, keyBytes: number, records: number): Directory => {
  const reader = varintReader(bytes);
  const keys: Uint8Array[] = [];
  const entriesOf = [0];
  const holdersOf: number[] = [];
  const spanOf: number[] = [];
  const protoOf: number[] = [];
  const recordsOf: number[] = [];
  const columns = growingColumns();
  let record = 0;
  while (reader.rest() > 0) {
    const key = reader.bytes(keyBytes);
    if (keys.length > 0 && Buffer.compare(key, keys.at(-1)!) <= 0) fail('its keys are not in order');
    keys.push(key);
    holdersOf.push(reader.varint());
    let span = 0;
    let only: number | undefined;
    const before = record;
    let previous = { proto: -1, first: 0, last: 0 };
    for (let left = atLeastOne(reader.varint()); left > 0; left--) {
      const head = reader.varint();
      const count = atLeastOne(Math.floor(head / 2));
      if (head % 2 === 0 && previous.proto < 0) fail('its first entry goes on from nothing');
      const { proto, first, last } = head % 2 === 0 ? next(previous) : spelledOut(reader, previous);
      if (last > 0xffff) fail('a port is too great');
      if (!ascends(previous, { proto, first, last })) fail('its entries are not in order');
      columns.push(proto, first, last, record);
      only = only === undefined || only === proto ? proto : -1;
      record += count;
      span = Math.max(span, last - first);
      previous = { proto, first, last };
    }
    spanOf.push(span);
    protoOf.push(only ?? -1);
    recordsOf.push(record - before);
    entriesOf.push(columns.length());
  }
  if (record !== records) fail('its directory does not count its records');
  return {
    keyBytes,
    keys: Buffer.concat(keys),
    keyCount: keys.length,
    addresses: Uint32Array.from(keyBytes === 4 ? keys.map((key) => Buffer.from(key).readUInt32BE()) : []),
    lengths: keyBytes === 17 ? [...new Set(keys.map((key) => key[16]!))].sort((one, other) => other - one) : [],
    entriesOf: Uint32Array.from(entriesOf),
    holdersOf: Uint32Array.from(holdersOf),
    spanOf: Uint16Array.from(spanOf),
    protoOf: Int16Array.from(protoOf),
    recordsOf: Float64Array.from(recordsOf),
    ...columns.finish(record),
  };
};

const next = ({ proto, first, last }: Place): Place => ({ proto, first: last + 1, last: 2 * last - first + 1 });

const spelledOut = (reader: ReturnType<typeof varintReader>, previous: Place): Place => {
  const proto = reader.byte();
  const first = reader.varint() + (proto === previous.proto ? previous.first : 0);
  return { proto, first, last: first + reader.varint() };
};

const fail = (fault: string): never => {
  throw new AttributionError('damaged-segment', fault);
};
const atLeastOne = (count: number): number => (count >= 1 ? count : fail('an empty run'));

interface Place {
  readonly proto: number;
  readonly first: number;
  readonly last: number;
}
const ascends = (one: Place, other: Place): boolean =>
  one.proto !== other.proto
    ? one.proto < other.proto
    : one.first !== other.first
      ? one.first < other.first
      : one.last < other.last;

const growingColumns = () => {
  let proto = new Uint8Array(1024);
  let first = new Uint16Array(1024);
  let last = new Uint16Array(1024);
  let record = new Float64Array(1024);
  let used = 0;
  const resized = <Column extends Uint8Array | Uint16Array | Float64Array>(column: Column, length: number): Column => {
    const next = new (column.constructor as new (length: number) => Column)(length);
    next.set(column.subarray(0, Math.min(length, column.length)));
    return next;
  };
  const resize = (length: number): void => {
    proto = resized(proto, length);
    first = resized(first, length);
    last = resized(last, length);
    record = resized(record, length);
  };
  return {
    length: () => used,
    push: (nextProto: number, nextFirst: number, nextLast: number, nextRecord: number): void => {
      if (used === proto.length) resize(2 * used);
      proto[used] = nextProto;
      first[used] = nextFirst;
      last[used] = nextLast;
      record[used] = nextRecord;
      used++;
    },
    finish: (records: number) => {
      resize(used + 1);
      record[used] = records;
      return { proto: proto.subarray(0, used), first: first.subarray(0, used), last: last.subarray(0, used), record };
    },
  };
};
