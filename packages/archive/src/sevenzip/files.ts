import { damaged } from '../archive-error.js';
import { Cursor } from '../bytes/cursor.js';
import type { Member } from '../census/census.js';
import { ids, methods, readBits, readCount, readNumber, readOptionalBits, type Streams } from './header.js';

const directoryAttribute = 0x10;
const unixExtension = 0x8000;

/** "Files info": names, times and attributes of all files, matched with what the folders hold. */
export function* readFiles(cursor: Cursor, streams: Streams): Generator<Member> {
  const count = readCount(cursor);
  let names: string[] = [];
  let isEmptyStream: boolean[] = [];
  let isEmptyFile: boolean[] = [];
  let times: (number | undefined)[] = [];
  let attributes: (number | undefined)[] = [];
  for (let id = readNumber(cursor); id !== ids.end; id = readNumber(cursor)) {
    const field = new Cursor(cursor.take(readNumber(cursor)));
    if (id === ids.names) names = readNames(field, count);
    else if (id === ids.emptyStream) isEmptyStream = readBits(field, count);
    else if (id === ids.emptyFile) isEmptyFile = readBits(field, isEmptyStream.filter(Boolean).length);
    else if (id === ids.modified) times = optional(field, count, () => fileTime(field));
    else if (id === ids.attributes) attributes = optional(field, count, () => field.u32());
  }
  if (names.length !== count) throw damaged('files without names');

  const contents = streams.substreams.flatMap((ofFolder, at) => {
    const encrypted = streams.folders[at]!.coders.some(({ method }) => method === methods.aes);
    return ofFolder.map((substream) => ({ ...substream, encrypted }));
  });
  let nextContent = 0;
  let nextEmpty = 0;
  for (let at = 0; at < count; at++) {
    const attribute = attributes[at] ?? 0;
    const time = times[at];
    const common = {
      name: names[at]!,
      ...(time === undefined ? {} : { modified: { kind: 'utc', epochMs: time } as const }),
    };
    if (isEmptyStream[at]) {
      const isFile = isEmptyFile[nextEmpty++] === true && (attribute & directoryAttribute) === 0;
      yield { ...common, kind: isFile ? 'file' : 'folder', bytes: 0, encrypted: 'no' };
      continue;
    }
    const content = contents[nextContent++];
    if (content === undefined) throw damaged('more files than contents');
    const isLink = (attribute & unixExtension) !== 0 && ((attribute >>> 16) & 0o170000) === 0o120000;
    yield {
      ...common,
      kind: isLink ? 'link' : 'file',
      bytes: content.bytes,
      encrypted: content.encrypted ? 'yes' : 'no',
      ...(content.crc32 === undefined ? {} : { crc32: content.crc32 }),
    };
  }
}

const readNames = (field: Cursor, count: number): string[] => {
  if (field.u8() !== 0) throw damaged('names in an additional stream');
  const text = Buffer.from(field.take(field.left)).toString('utf16le');
  return text.split('\0').slice(0, count);
};

const optional = <T>(field: Cursor, count: number, read: () => T): (T | undefined)[] => {
  const given = readOptionalBits(field, count);
  if (field.u8() !== 0) throw damaged('properties in an additional stream');
  return given.map((isGiven) => (isGiven ? read() : undefined));
};

/** 100 ns since 1601. */
const fileTime = (field: Cursor): number => {
  const low = field.u32();
  const high = field.u32();
  return Math.round((high * 2 ** 32 + low) / 10_000 - 11_644_473_600_000);
};
