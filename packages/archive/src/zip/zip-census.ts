import type { ArchiveSource } from '../bytes/archive-source.js';
import type { Census, Member, NamesAsked } from '../census/census.js';
import { dosTime } from '../census/dos-time.js';
import type { CensusLimits } from '../census/limits.js';
import type { Lock } from '../census/lock.js';
import { memberCollector } from '../census/members.js';
import { type Entry, readDirectory } from './directory.js';
import { aesLock, aesOf, cryptoLock, fitsZipLock, isEncrypted } from './zip-lock.js';

const utf8Names = 0x0800;
const unixHost = 3;
const linkMode = 0o120000;
const cp437 = 'latin1';

/**
 * The census of a ZIP archive by its central directory. Every member has a salt of its own, but people lock an archive
 * with one password: one lock for each kind of encryption, told by the first member that can be checked.
 */
export const zipCensus = async (source: ArchiveSource, names: NamesAsked, limits: CensusLimits): Promise<Census> => {
  const directory = await readDirectory(source, limits);
  const found = memberCollector(names, limits);
  const best = new Map<'aes' | 'crypto', Entry>();
  for (const entry of directory.entries) {
    found.add(memberOf(entry));
    if (!isEncrypted(entry) || entry.packedBytes === 0) continue;
    const kind = aesOf(entry) === undefined ? 'crypto' : 'aes';
    const known = best.get(kind);
    if (known === undefined || (!fitsZipLock(known) && fitsZipLock(entry))) best.set(kind, entry);
  }
  const locks = await Promise.all([...best.values()].map((entry) => lockOf(source, entry, directory.shift)));
  return {
    format: 'zip',
    encryption: locks.length > 0 ? 'data' : 'none',
    ...found.result(),
    locks,
    volume: directory.disks === 'one' ? { kind: 'single' } : { kind: 'part', last: 'yes' },
    ending: 'whole',
    ...(names === 'ask' && directory.comment.length > 0 ? { comment: decodeName(directory.comment, 0) } : {}),
  };
};

const lockOf = async (source: ArchiveSource, entry: Entry, shift: number): Promise<Lock> => {
  const aes = aesOf(entry);
  return aes === undefined ? cryptoLock(source, entry, shift) : aesLock(source, entry, aes, shift);
};

const memberOf = (entry: Entry): Member => {
  const name = decodeName(entry.name, entry.flags);
  const mode = entry.host === unixHost ? entry.externalAttributes >>> 16 : 0;
  // AE-2 leaves no checksum, and for a good reason.
  const showsCrc = (aesOf(entry)?.vendorVersion ?? 1) === 1;
  return {
    name,
    kind: name.endsWith('/') ? 'folder' : (mode & 0o170000) === linkMode ? 'link' : 'file',
    bytes: entry.unpackedBytes,
    packedBytes: entry.packedBytes,
    encrypted: isEncrypted(entry) ? 'yes' : 'no',
    ...(showsCrc ? { crc32: entry.crc32 } : {}),
    modified: dosTime(entry.time),
  };
};

/** UTF-8 where the flag says so or the bytes are it; else each byte is shown, since the code page is unknown. */
const decodeName = (bytes: Uint8Array, flags: number): string => {
  const text = Buffer.from(bytes).toString('utf8');
  return flags & utf8Names || !text.includes('�') ? text : Buffer.from(bytes).toString(cp437);
};
