import { crc32 } from 'node:zlib';
import { damaged, unsupported } from '../archive-error.js';
import { type ArchiveSource, readExactly } from '../bytes/archive-source.js';
import { Cursor } from '../bytes/cursor.js';
import type { Census, NamesAsked } from '../census/census.js';
import type { CensusLimits } from '../census/limits.js';
import type { Lock } from '../census/lock.js';
import { LimitReached, memberCollector } from '../census/members.js';
import { decompressStart } from './decompress.js';
import { readFiles } from './files.js';
import { type Folder, ids, readNumber, readStreams, type Streams, unpackedBytesOf } from './header.js';
import { coderOf, encryptionOf, sevenZipLock } from './sevenzip-lock.js';

export const sevenZipSignature = Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c);
const signatureHeaderBytes = 32;

/** The census of a 7z archive: its header, unpacked where it is packed, or the lock before it. */
export const sevenZipCensus = async (
  source: ArchiveSource,
  names: NamesAsked,
  limits: CensusLimits,
): Promise<Census> => {
  const start = new Cursor(await readExactly(source, 0, signatureHeaderBytes), 12);
  const nextOffset = start.u64();
  const nextBytes = start.u64();
  const nextCrc = start.u32();
  if (nextBytes > limits.directoryBytes) throw new LimitReached(`a header of ${nextBytes} bytes`);
  if (signatureHeaderBytes + nextOffset + nextBytes > source.size) throw damaged('its header, at the end, is missing');
  let header = await readExactly(source, signatureHeaderBytes + nextOffset, nextBytes);
  if (crc32(header) !== nextCrc) throw damaged('its header does not have its checksum');

  let cursor = new Cursor(header);
  for (let id = readNumber(cursor); id === ids.encodedHeader; id = readNumber(cursor)) {
    const streams = readStreams(cursor);
    const folder = streams.folders[0];
    if (folder === undefined) throw damaged('a packed header without a folder');
    if (encryptionOf(folder) !== undefined) {
      const locks = [await sevenZipLock(source, streams, 0, signatureHeaderBytes)];
      return { ...shown('headers'), members: [], memberNames: 'hidden', locks };
    }
    header = await unpackHeader(source, streams, folder, limits);
    cursor = new Cursor(header);
  }
  return readHeader(source, cursor, names, limits);
};

const shown = (encryption: Census['encryption']): Pick<Census, 'format' | 'encryption' | 'volume' | 'ending'> => ({
  format: '7z',
  encryption,
  volume: { kind: 'single' },
  ending: 'whole',
});

const unpackHeader = async (
  source: ArchiveSource,
  { packOffset, packSizes }: Streams,
  folder: Folder,
  limits: CensusLimits,
): Promise<Uint8Array> => {
  const coder = coderOf(folder);
  const bytes = unpackedBytesOf(folder);
  if (coder === undefined || packSizes.length !== 1) throw unsupported('a header packed by something else than LZMA');
  if (bytes > limits.directoryBytes) throw new LimitReached(`a header of ${bytes} bytes`);
  const packed = await readExactly(source, signatureHeaderBytes + packOffset, packSizes[0]!);
  const header = decompressStart(coder, packed, bytes);
  if (folder.crc32 !== undefined && crc32(header) !== folder.crc32) throw damaged('its unpacked header is another');
  return header;
};

const readHeader = async (
  source: ArchiveSource,
  cursor: Cursor,
  names: NamesAsked,
  limits: CensusLimits,
): Promise<Census> => {
  const found = memberCollector(names, limits);
  const locks = new Map<string, Lock>();
  let streams: Streams = { packOffset: 0, packSizes: [], folders: [], substreams: [] };
  for (let id = readNumber(cursor); id !== ids.end; id = readNumber(cursor)) {
    if (id === ids.mainStreams) streams = readStreams(cursor);
    else if (id === ids.additionalStreams) readStreams(cursor);
    else if (id === ids.files) for (const member of readFiles(cursor, streams)) found.add(member);
    else if (id === ids.archiveProperties) skipProperties(cursor);
    else throw damaged(`an unknown property ${id} of the header`);
  }
  const locked = streams.folders.map((folder, at) => ({ folder, at })).filter(({ folder }) => encryptionOf(folder));
  // Folders are locked with one password and one salt; the smallest that can be checked tells of it.
  for (const { at } of locked) {
    const lock = await sevenZipLock(source, streams, at, signatureHeaderBytes);
    const known = locks.get('7z');
    if (known === undefined || (known.check.scheme === 'by-opening' && lock.check.scheme !== 'by-opening')) {
      locks.set('7z', lock);
    }
    if (locks.get('7z')!.check.scheme !== 'by-opening') break;
  }
  return { ...shown(locked.length > 0 ? 'data' : 'none'), ...found.result(), locks: [...locks.values()] };
};

const skipProperties = (cursor: Cursor): void => {
  for (let id = readNumber(cursor); id !== ids.end; id = readNumber(cursor)) cursor.skip(readNumber(cursor));
};
