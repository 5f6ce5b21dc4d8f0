import {
  type ByteSource,
  finished,
  type Member,
  type MembersVerdict,
  mostMembers,
  nameOf,
  notAnArchive,
} from './members.js';

// POSIX.1-2024 `pax`: ustar headers with extended ones for long names and sizes, and GNU's own long names.

const blockBytes = 512;
const largestExtended = 64 * 1024;

export const tarMembers = async (source: ByteSource): Promise<MembersVerdict> => {
  const members: Member[] = [];
  let extended = nothingMore;
  for (let at = 0; ; ) {
    if (at + blockBytes > source.size) return notAnArchive('it ends before its end mark');
    const block = await source.read(at, at + blockBytes);
    if (block.every((byte) => byte === 0)) return endAt(source, at, members);
    const header = readHeader(block);
    if (typeof header === 'string') return notAnArchive(header);
    const size = extended.size ?? header.size;
    const from = at + blockBytes;
    const to = from + size;
    if (!Number.isSafeInteger(to) || to > source.size) return notAnArchive('it ends within a member');
    at = from + Math.ceil(size / blockBytes) * blockBytes;
    if (header.type === 'x' || header.type === 'L') {
      if (size > largestExtended) return notAnArchive('an extended header is too long');
      // Which of them counts, each program decides for itself.
      if (extended !== nothingMore) return notAnArchive('a member has two extended headers');
      const more = readExtended(header.type, await source.read(from, to));
      if (typeof more === 'string') return notAnArchive(more);
      extended = more;
      continue;
    }
    if (members.length === mostMembers) return notAnArchive('it has too many members');
    const member = named(header.type, extended.path ?? header.path);
    // Others look for the next header there.
    if (!holding.has(member.kind) && size > 0) return notAnArchive('a member that is no file holds bytes');
    members.push({ ...member, from, to });
    extended = nothingMore;
  }
};

/** Nothing but zeros may follow, so that no two readers can see two packages in one file. */
const endAt = async (source: ByteSource, at: number, members: readonly Member[]): Promise<MembersVerdict> => {
  if (source.size - at < 2 * blockBytes) return notAnArchive('it ends before its end mark');
  for await (const chunk of source.stream(at, source.size)) {
    if (chunk.some((byte) => byte !== 0)) return notAnArchive('something follows its end');
  }
  return finished(members);
};

interface Header {
  /** `undefined` when it is not valid UTF-8. */
  readonly path: string | undefined;
  readonly type: string;
  readonly size: number;
}

const readHeader = (block: Uint8Array): Header | string => {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (octal(block.subarray(148, 156)) !== sum) return 'a header does not have the sum it says';
  const size = octal(block.subarray(124, 136));
  if (size === undefined) return 'the size of a member is not a number';
  const type = String.fromCharCode(block[156] as number);
  // GNU's magic has a space where ustar has the end of the text, and other fields where ustar has the prefix.
  const isUstar = block[262] === 0;
  const prefix = isUstar ? text(block.subarray(345, 500)) : '';
  const name = text(block.subarray(0, 100));
  const path = prefix === '' || prefix === undefined || name === undefined ? name : `${prefix}/${name}`;
  return { path: prefix === undefined ? undefined : path, type, size };
};

interface Extended {
  readonly path?: string;
  readonly size?: number;
}

/** Kinds of members of which the bytes that follow are theirs, to every program. */
const holding: ReadonlySet<Member['kind']> = new Set(['file', 'unreadable-name']);

const nothingMore: Extended = {};

/** What changes nothing of what a checker reads. */
const passedOver = new Set(['mtime', 'atime', 'ctime', 'uid', 'gid', 'uname', 'gname', 'comment']);

const readExtended = (type: string, bytes: Uint8Array): Extended | string => {
  const whole = nameOf(bytes);
  if (whole === undefined) return 'an extended header is not valid UTF-8';
  if (type === 'L') return { path: whole.replace(/\0.*$/s, '') };
  let extended: Extended = {};
  for (let at = 0; at < bytes.length; ) {
    const [, digits = ''] = /^([1-9][0-9]{0,5}) /.exec(nameOf(bytes.subarray(at, at + 8).map(ascii)) ?? '') ?? [];
    const record = nameOf(bytes.subarray(at + digits.length + 1, at + Number(digits)));
    const [, key, value] = /^([^=]+)=([^\0]*)\n$/s.exec(record ?? '') ?? [];
    if (digits === '' || key === undefined || value === undefined) return 'an extended header is not in its form';
    if (key === 'path') extended = { ...extended, path: value };
    else if (key === 'size' && /^(0|[1-9][0-9]{0,15})$/.test(value)) extended = { ...extended, size: Number(value) };
    else if (!passedOver.has(key)) return `an extended header says ${JSON.stringify(key)}, which is not known`;
    at += Number(digits);
  }
  return extended;
};

/** The digits before a record may be cut off within a letter of UTF-8. */
const ascii = (byte: number): number => (byte < 0x80 ? byte : 0x20);

const named = (type: string, path: string | undefined): Pick<Member, 'path' | 'kind'> => {
  if (path === undefined) return { path: '(a name that is not Unicode)', kind: 'unreadable-name' };
  if (type === '0' || type === '\0') return { path, kind: 'file' };
  if (type === '5') return { path: path.endsWith('/') ? path : `${path}/`, kind: 'folder' };
  return { path, kind: type === '1' || type === '2' ? 'link' : 'special' };
};

/** Text up to the first zero. */
const text = (field: Uint8Array): string | undefined => {
  const end = field.indexOf(0);
  return nameOf(end < 0 ? field : field.subarray(0, end));
};

const octal = (field: Uint8Array): number | undefined => {
  const digits = text(field)?.trim() ?? '';
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
};
