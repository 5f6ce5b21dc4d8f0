import { damaged, unsupported } from '../archive-error.js';
import { type Cursor, countOf } from '../bytes/cursor.js';

/** 7zFormat.txt of the LZMA SDK. */
export const ids = {
  end: 0x00,
  header: 0x01,
  archiveProperties: 0x02,
  additionalStreams: 0x03,
  mainStreams: 0x04,
  files: 0x05,
  pack: 0x06,
  unpack: 0x07,
  substreams: 0x08,
  sizes: 0x09,
  crc: 0x0a,
  folder: 0x0b,
  coderSizes: 0x0c,
  counts: 0x0d,
  emptyStream: 0x0e,
  emptyFile: 0x0f,
  names: 0x11,
  modified: 0x14,
  attributes: 0x15,
  encodedHeader: 0x17,
} as const;

export const methods = { copy: '00', lzma: '030101', lzma2: '21', aes: '06f10701' } as const;

export interface Coder {
  readonly method: string;
  readonly properties: Uint8Array;
  readonly inputs: number;
  readonly outputs: number;
}

export interface Folder {
  /** In the order of the file: the last packs first, so encryption stands where its output feeds another's input. */
  readonly coders: readonly Coder[];
  readonly bonds: readonly { readonly input: number; readonly output: number }[];
  readonly packedStreams: number;
  readonly unpackSizes: readonly number[];
  readonly crc32: number | undefined;
}

export interface Streams {
  /** Of the first packed stream, counted from the end of the signature header. */
  readonly packOffset: number;
  readonly packSizes: readonly number[];
  readonly folders: readonly Folder[];
  /** Files of each folder, with their sizes and checksums. */
  readonly substreams: readonly (readonly Substream[])[];
}

export interface Substream {
  readonly bytes: number;
  readonly crc32: number | undefined;
}

const most = 4_000_000;
export const readCount = (cursor: Cursor): number => {
  const value = readNumber(cursor);
  if (value > most) throw damaged(`a count of ${value}`);
  return value;
};

/** As many bytes follow as the first byte has leading ones. */
export const readNumber = (cursor: Cursor): number => {
  const first = cursor.u8();
  let mask = 0x80;
  let value = 0n;
  for (let byte = 0; byte < 8; byte++) {
    if ((first & mask) === 0) return countOf(value + (BigInt(first & (mask - 1)) << BigInt(8 * byte)));
    value |= BigInt(cursor.u8()) << BigInt(8 * byte);
    mask >>= 1;
  }
  return countOf(value);
};

export const readBits = (cursor: Cursor, count: number): boolean[] => {
  const bytes = cursor.take(Math.ceil(count / 8));
  return Array.from({ length: count }, (_, bit) => ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1) === 1);
};

/** A first byte other than 0 says that all are meant. */
export const readOptionalBits = (cursor: Cursor, count: number): boolean[] =>
  cursor.u8() === 0 ? readBits(cursor, count) : Array.from({ length: count }, () => true);

const readChecksums = (cursor: Cursor, count: number): (number | undefined)[] =>
  readOptionalBits(cursor, count).map((given) => (given ? cursor.u32() : undefined));

const expect = (cursor: Cursor, id: number): void => {
  const found = readNumber(cursor);
  if (found !== id) throw damaged(`property ${found} where ${id} belongs`);
};

export const readStreams = (cursor: Cursor): Streams => {
  let packOffset = 0;
  let packSizes: number[] = [];
  let folders: Folder[] = [];
  let substreams: Substream[][] | undefined;
  for (let id = readNumber(cursor); id !== ids.end; id = readNumber(cursor)) {
    if (id === ids.pack) ({ packOffset, packSizes } = readPackInfo(cursor));
    else if (id === ids.unpack) folders = readFolders(cursor);
    else if (id === ids.substreams) substreams = readSubstreams(cursor, folders);
    else throw damaged(`an unknown property ${id} of streams`);
  }
  return { packOffset, packSizes, folders, substreams: substreams ?? folders.map((folder) => [wholeOf(folder)]) };
};

const readPackInfo = (cursor: Cursor): { packOffset: number; packSizes: number[] } => {
  const packOffset = readNumber(cursor);
  const count = readCount(cursor);
  let packSizes: number[] = [];
  for (let id = readNumber(cursor); id !== ids.end; id = readNumber(cursor)) {
    if (id === ids.sizes) packSizes = Array.from({ length: count }, () => readNumber(cursor));
    else if (id === ids.crc) readChecksums(cursor, count);
    else throw damaged(`an unknown property ${id} of packed streams`);
  }
  return { packOffset, packSizes };
};

const readFolders = (cursor: Cursor): Folder[] => {
  expect(cursor, ids.folder);
  const count = readCount(cursor);
  if (cursor.u8() !== 0) throw unsupported('folders in an additional stream');
  const shapes = Array.from({ length: count }, () => readShape(cursor));
  expect(cursor, ids.coderSizes);
  const sizes = shapes.map(({ coders }) => {
    const outputs = coders.reduce((sum, coder) => sum + coder.outputs, 0);
    return Array.from({ length: outputs }, () => readNumber(cursor));
  });
  let checksums: (number | undefined)[] = [];
  for (let id = readNumber(cursor); id !== ids.end; id = readNumber(cursor)) {
    if (id !== ids.crc) throw damaged(`an unknown property ${id} of folders`);
    checksums = readChecksums(cursor, count);
  }
  return shapes.map((shape, at) => ({ ...shape, unpackSizes: sizes[at]!, crc32: checksums[at] }));
};

const readShape = (cursor: Cursor): Omit<Folder, 'unpackSizes' | 'crc32'> => {
  const coders = Array.from({ length: few(cursor) }, (): Coder => {
    const flags = cursor.u8();
    if (flags & 0xc0) throw unsupported('a coder with alternatives');
    const method = Buffer.from(cursor.take(flags & 0x0f)).toString('hex');
    const [inputs, outputs] = flags & 0x10 ? [few(cursor), few(cursor)] : [1, 1];
    return { method, inputs, outputs, properties: flags & 0x20 ? cursor.take(readNumber(cursor)) : new Uint8Array() };
  });
  const inputs = coders.reduce((sum, coder) => sum + coder.inputs, 0);
  const outputs = coders.reduce((sum, coder) => sum + coder.outputs, 0);
  if (outputs === 0 || inputs < outputs - 1) throw damaged('a folder whose coders do not fit together');
  const bonds = Array.from({ length: outputs - 1 }, () => ({ input: readNumber(cursor), output: readNumber(cursor) }));
  const packedStreams = inputs - bonds.length;
  if (packedStreams > 1) for (let stream = 0; stream < packedStreams; stream++) readNumber(cursor);
  return { coders, bonds, packedStreams };
};

/** 7-Zip itself takes at most 32 coders a folder and as many streams a coder. */
const few = (cursor: Cursor): number => {
  const value = readNumber(cursor);
  if (value < 1 || value > 32) throw damaged(`${value} coders or streams`);
  return value;
};

/** The size of what comes out of a folder at the end: of the one output that feeds nothing. */
export const unpackedBytesOf = ({ bonds, unpackSizes }: Folder): number =>
  unpackSizes.find((_, output) => !bonds.some((bond) => bond.output === output)) ?? 0;

const wholeOf = (folder: Folder): Substream => ({ bytes: unpackedBytesOf(folder), crc32: folder.crc32 });

const readSubstreams = (cursor: Cursor, folders: readonly Folder[]): Substream[][] => {
  let counts = folders.map(() => 1);
  let id = readNumber(cursor);
  if (id === ids.counts) {
    counts = folders.map(() => readCount(cursor));
    id = readNumber(cursor);
  }
  const sizes = folders.map((folder, at) => {
    const listed = Math.max(0, counts[at]! - 1);
    const known = Array.from({ length: listed }, () => (id === ids.sizes ? readNumber(cursor) : 0));
    const last = unpackedBytesOf(folder) - known.reduce((sum, size) => sum + size, 0);
    if (last < 0) throw damaged('files that are larger than their folder');
    return counts[at] === 0 ? [] : [...known, last];
  });
  if (id === ids.sizes) id = readNumber(cursor);

  const inherits = (at: number): boolean => counts[at] === 1 && folders[at]!.crc32 !== undefined;
  const missing = folders.reduce((sum, _, at) => sum + (inherits(at) ? 0 : counts[at]!), 0);
  let checksums: (number | undefined)[] = [];
  for (; id !== ids.end; id = readNumber(cursor)) {
    if (id !== ids.crc) throw damaged(`an unknown property ${id} of files in folders`);
    checksums = readChecksums(cursor, missing);
  }
  let next = 0;
  return sizes.map((ofFolder, at) =>
    ofFolder.map((bytes) => ({ bytes, crc32: inherits(at) ? folders[at]!.crc32 : checksums[next++] })),
  );
};
