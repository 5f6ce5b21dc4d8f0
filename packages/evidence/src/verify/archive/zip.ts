import {
  type ByteSource,
  finished,
  type Member,
  type MembersVerdict,
  mostMembers,
  nameOf,
  notAnArchive,
} from './members.js';
import { view, withExtra } from './zip-extra.js';
import { type Entry, placeOf } from './zip-local.js';

// APPNOTE.TXT 6.3.10. Nothing compressed, nothing encrypted, one disk, and no byte that belongs to no member: the members
// have to follow one another from the first byte to the directory, so that no two readers can see two packages in one file.

const directoryHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;
const endOfDirectory64 = 0x06064b50;
const locator64 = 0x07064b50;
const largestDirectory = 512 << 20;
/** Bit 3: a data descriptor follows; bit 11: the name is UTF-8. */
const flagsKnown = 0x0808;
const unixLink = 0o120000;

export const zipMembers = async (source: ByteSource): Promise<MembersVerdict> => {
  const directory = await findDirectory(source);
  if (typeof directory === 'string') return notAnArchive(directory);
  const { from, to, count } = directory;
  if (to - from > largestDirectory || count > mostMembers) return notAnArchive('its directory is too long');
  const bytes = await source.read(from, to);
  const entries: Entry[] = [];
  let at = 0;
  for (let each = 0; each < count; each++) {
    const entry = readEntry(bytes, at);
    if (typeof entry === 'string') return notAnArchive(entry);
    entries.push(entry);
    at = entry.end;
  }
  if (at !== bytes.length) return notAnArchive('its directory holds more than its members');
  return placeMembers(source, entries, from);
};

interface Directory {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const findDirectory = async (source: ByteSource): Promise<Directory | string> => {
  const end = source.size - 22;
  if (end < 0) return 'it is too short for a ZIP';
  const tail = view(await source.read(end, source.size));
  if (tail.getUint32(0, true) !== endOfDirectory || tail.getUint16(20, true) !== 0) {
    return 'it does not end as a ZIP without a comment does';
  }
  const sizes = { count: tail.getUint16(10, true), length: tail.getUint32(12, true), from: tail.getUint32(16, true) };
  const is64 = sizes.count === 0xffff || sizes.length === 0xffffffff || sizes.from === 0xffffffff;
  const found = is64 ? await findDirectory64(source, end) : { ...sizes, to: end };
  if (typeof found === 'string') return found;
  const { from, length, to, count } = found;
  return from + length === to ? { from, to, count } : 'its directory is not where it ends';
};

const findDirectory64 = async (source: ByteSource, end: number) => {
  if (end < 76) return 'it is too short for a ZIP64';
  const tail = view(await source.read(end - 76, end));
  const to = end - 76;
  if (tail.getUint32(56, true) !== locator64 || tail.getUint32(0, true) !== endOfDirectory64) {
    return 'it says that it is a ZIP64 and has no such directory';
  }
  const [count, length, from, where] = [32, 40, 48, 64].map((at) => Number(tail.getBigUint64(at, true)));
  if (where !== to || tail.getBigUint64(4, true) !== 44n) return 'its ZIP64 directory is not where it says';
  return { count: count as number, length: length as number, from: from as number, to };
};

const readEntry = (bytes: Uint8Array, at: number): Entry | string => {
  if (at + 46 > bytes.length) return 'its directory ends within a member';
  const fields = view(bytes.subarray(at, at + 46));
  if (fields.getUint32(0, true) !== directoryHeader) return 'its directory holds something else than members';
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((each) => fields.getUint16(each, true)) as [
    number,
    number,
    number,
  ];
  const extraAt = at + 46 + nameLength;
  const end = extraAt + extraLength + commentLength;
  if (end > bytes.length || commentLength > 0) return 'its directory ends within a member, or a member has a comment';
  const flags = fields.getUint16(8, true);
  if ((flags & ~flagsKnown) !== 0) return 'a member is encrypted or packed in a way that is not known';
  if (fields.getUint16(10, true) !== 0) return 'a member is compressed; a package is packed as it is';
  const packed = fields.getUint32(20, true);
  const size = fields.getUint32(24, true);
  const offset = fields.getUint32(42, true);
  const large = withExtra(bytes.subarray(extraAt, extraAt + extraLength), { size, packed, offset });
  if (large === undefined || large.size !== large.packed)
    return 'the sizes of a member do not fit, or it says what is not known';
  const mode = fields.getUint8(5) === 3 ? fields.getUint16(40, true) : 0;
  return { name: bytes.subarray(at + 46, extraAt), flags, size: large.size, offset: large.offset, mode, end };
};

/** @param limit where the directory begins */
const placeMembers = async (source: ByteSource, entries: readonly Entry[], limit: number): Promise<MembersVerdict> => {
  const inOrder = entries.toSorted((one, other) => one.offset - other.offset);
  if ((inOrder[0]?.offset ?? limit) !== 0) return notAnArchive('something stands before its first member');
  const members: Member[] = [];
  for (const [at, entry] of inOrder.entries()) {
    const from = await placeOf(source, entry, inOrder[at + 1]?.offset ?? limit);
    if (typeof from === 'string') return notAnArchive(from);
    members.push({ ...kindOf(entry), from, to: from + entry.size });
  }
  return finished(members);
};

const kindOf = ({ name, size, mode }: Entry): Pick<Member, 'path' | 'kind'> => {
  const path = nameOf(name);
  if (path === undefined) return { path: String.fromCharCode(...name), kind: 'unreadable-name' };
  if ((mode & 0o170000) === unixLink) return { path, kind: 'link' };
  return { path, kind: path.endsWith('/') && size === 0 ? 'folder' : 'file' };
};
