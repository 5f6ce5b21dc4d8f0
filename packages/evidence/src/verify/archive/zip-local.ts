import type { ByteSource } from './members.js';
import { view, withExtra } from './zip-extra.js';

const localHeader = 0x04034b50;
const descriptorHeader = 0x08074b50;
/** Bit 3: lengths stand behind the member. */
const flagDescriptor = 0x0008;

/** A member as the directory has it. */
export interface Entry {
  readonly name: Uint8Array;
  readonly flags: number;
  readonly size: number;
  readonly offset: number;
  readonly mode: number;
  /** Where the next entry of the directory begins. */
  readonly end: number;
}

/**
 * Where the bytes of a member begin. What stands before and behind them has to say what the directory says: programs that
 * read a ZIP from its front go by that.
 * @param next where the next member begins, or the directory
 * @returns what is wrong, otherwise
 */
export const placeOf = async (source: ByteSource, entry: Entry, next: number): Promise<number | string> => {
  const { offset, name, flags, size } = entry;
  const nameEnd = offset + 30 + name.length;
  if (nameEnd > next) return 'a member is not where the directory says';
  const header = await source.read(offset, nameEnd);
  const fields = view(header);
  const isNamed = fields.getUint16(26, true) === name.length && name.every((byte, at) => byte === header[30 + at]);
  if (fields.getUint32(0, true) !== localHeader || !isNamed) return 'a member is not the one that the directory says';
  if (fields.getUint16(6, true) !== flags || fields.getUint16(8, true) !== 0) return 'a member is packed in two ways';
  const from = nameEnd + fields.getUint16(28, true);
  const to = from + size;
  if (to > next) return 'two members overlap';
  const told = { packed: fields.getUint32(18, true), size: fields.getUint32(22, true), offset: 0 };
  const places = withExtra(await source.read(nameEnd, from), told);
  const isDescribed = (flags & flagDescriptor) !== 0;
  const fits = (length: number): boolean => length === size || (isDescribed && length === 0);
  if (places === undefined || !fits(places.size) || !fits(places.packed)) return 'a member has two lengths';
  const rest = next - to;
  if (!isDescribed) return rest === 0 ? from : 'something stands between two members';
  return describes(await source.read(to, Math.min(next, to + 24)), rest, size) ? from : 'a member has two lengths';
};

/** Data descriptor (APPNOTE.TXT 4.3.9): perhaps a mark, a check sum, and both lengths in 4 or 8 bytes. */
const describes = (bytes: Uint8Array, length: number, size: number): boolean => {
  if (bytes.length !== length || ![12, 16, 20, 24].includes(length)) return false;
  const fields = view(bytes);
  const isLarge = length >= 20;
  const isMarked = length === 16 || length === 24;
  if (isMarked && fields.getUint32(0, true) !== descriptorHeader) return false;
  const lengthAt = (at: number): number =>
    isLarge ? Number(fields.getBigUint64(at, true)) : fields.getUint32(at, true);
  const each = isLarge ? 8 : 4;
  return lengthAt(length - each) === size && lengthAt(length - 2 * each) === size;
};
