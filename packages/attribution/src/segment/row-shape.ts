import { AttributionError } from '../attribution-error.js';
import type { Holding, HoldingKey, KeyKind, OpaqueTag } from './holding.js';

/**
 * Holdings on their way into a segment: rows of fixed width whose bytes sort as the segment does: key, protocol, first
 * and last port, from, to (big-endian milliseconds UTC), holder, destination, number of the mark.
 */
export interface RowShape {
  readonly keys: KeyKind;
  readonly keyBytes: number;
  readonly proto: number;
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  readonly holder: number;
  /** Where the destination stands; the width of nothing where none is kept. */
  readonly destination: number;
  readonly mark: number;
  readonly width: number;
}

const timeBytes = 6;
export const tagBytes = 16;
const greatestTime = 2 ** 48 - 1;

/** An IPv6 key is the prefix and its length. */
export const keyBytesOf = (keys: KeyKind): number => ({ ipv4: 4, ipv6: 17, tag: 16 })[keys];

export const rowShape = (keys: KeyKind, destinations: 'kept' | 'discarded'): RowShape => {
  const keyBytes = keyBytesOf(keys);
  const proto = keyBytes;
  const from = proto + 5;
  const holder = from + 2 * timeBytes;
  const destination = holder + tagBytes;
  const mark = destination + (destinations === 'kept' ? tagBytes : 0);
  const places = { proto, first: proto + 1, last: proto + 3, from, to: from + timeBytes, holder, destination, mark };
  return { keys, keyBytes, ...places, width: mark + 1 };
};

/** @throws AttributionError `bad-holding` for what no segment can hold. */
export const writeRow = (shape: RowShape, bytes: Buffer, at: number, holding: Holding, mark: number): void => {
  refuseImpossible(shape, holding);
  writeKey(bytes, at, holding.key);
  bytes[at + shape.proto] = holding.proto === '*' ? 0 : holding.proto;
  bytes.writeUInt16BE(holding.portFirst, at + shape.first);
  bytes.writeUInt16BE(holding.portLast, at + shape.last);
  bytes.writeUIntBE(holding.from, at + shape.from, timeBytes);
  bytes.writeUIntBE(holding.to, at + shape.to, timeBytes);
  writeTag(bytes, at + shape.holder, holding.holder);
  if (shape.mark > shape.destination) {
    if (holding.destination === undefined) bytes.fill(0, at + shape.destination, at + shape.mark);
    else writeTag(bytes, at + shape.destination, holding.destination);
  }
  bytes[at + shape.mark] = mark;
};

export const writeKey = (bytes: Buffer, at: number, key: HoldingKey): void => {
  if (key.kind === 'ipv4') {
    bytes.writeUInt32BE(key.value, at);
  } else if (key.kind === 'tag') {
    writeTag(bytes, at, key.tag);
  } else {
    bytes.writeBigUInt64BE(key.prefix.value >> 64n, at);
    bytes.writeBigUInt64BE(key.prefix.value & 0xffff_ffff_ffff_ffffn, at + 8);
    bytes[at + 16] = key.prefix.length;
  }
};

export const readKey = (kind: KeyKind, bytes: Buffer, at: number): HoldingKey => {
  if (kind === 'ipv4') return { kind, value: bytes.readUInt32BE(at) };
  if (kind === 'tag') return { kind, tag: readTag(bytes, at) };
  const value = (bytes.readBigUInt64BE(at) << 64n) | bytes.readBigUInt64BE(at + 8);
  return { kind, prefix: { version: 6, value, length: bytes[at + 16] ?? 0 } };
};

const writeTag = (bytes: Buffer, at: number, tag: OpaqueTag): void => {
  const written = tag.length === 2 * tagBytes ? bytes.write(tag, at, tagBytes, 'hex') : 0;
  if (written !== tagBytes) throw new AttributionError('bad-holding', 'an opaque tag is 32 hexadecimal digits');
};

export const readTag = (bytes: Buffer, at: number): OpaqueTag => bytes.toString('hex', at, at + tagBytes) as OpaqueTag;

export const readTime = (bytes: Buffer, at: number): number => bytes.readUIntBE(at, timeBytes);

const refuseImpossible = (shape: RowShape, holding: Holding): void => {
  const { key, portFirst, portLast, from, to } = holding;
  const kept = shape.mark > shape.destination;
  const fault =
    (key.kind !== shape.keys && `a ${key.kind} key in a segment of ${shape.keys} keys`) ||
    (!isPort(portFirst) && 'first port') ||
    (!(isPort(portLast) && portLast >= portFirst) && 'last port') ||
    (!isTime(from) && 'from') ||
    (!(isTime(to) && to >= from) && 'to') ||
    (holding.destination !== undefined && !kept && 'a destination where none is kept');
  if (fault !== false) throw new AttributionError('bad-holding', fault);
};

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 0xffff;
const isTime = (time: number): boolean => Number.isInteger(time) && time >= 0 && time <= greatestTime;
