import type { LockedMember, Locking } from './member.js';
import { lockedRar4 } from './rar4.js';
import { lockedRar5 } from './rar5.js';
import { lockedSevenZip } from './seven-zip.js';
import { lockedZip } from './zip.js';

/**
 * Kinds of locked archives that are written here. RAR's members are stored, since nobody but RAR may write its compression;
 * compressed ones, BLAKE2 sums and volumes of RAR come from the fixtures of `packages/archive`.
 */
export const lockedKinds = [
  'rar4-data',
  'rar4-headers',
  'rar5-data',
  'rar5-headers',
  'zip-zipcrypto-stored',
  'zip-zipcrypto',
  'zip-aes256',
  '7z-data',
  '7z-headers',
  '7z-volumes',
] as const;
export type LockedKind = (typeof lockedKinds)[number];

export interface ArchiveFile {
  /** What follows the archive's name: `.rar`, `.7z.001`. */
  readonly ending: string;
  readonly bytes: Buffer;
}

/** An archive's files; several where it is cut into volumes. */
export const lockedArchive = (
  kind: LockedKind,
  members: readonly LockedMember[],
  locking: Locking,
): readonly ArchiveFile[] => {
  switch (kind) {
    case 'rar4-data':
    case 'rar4-headers':
      return [{ ending: '.rar', bytes: lockedRar4(members, { ...locking, lock: lockOf(kind) }) }];
    case 'rar5-data':
    case 'rar5-headers':
      return [{ ending: '.rar', bytes: lockedRar5(members, { ...locking, lock: lockOf(kind) }) }];
    case 'zip-zipcrypto-stored':
      return [{ ending: '.zip', bytes: lockedZip(members, { ...locking, lock: 'zipcrypto', method: 'stored' }) }];
    case 'zip-zipcrypto':
      return [{ ending: '.zip', bytes: lockedZip(members, { ...locking, lock: 'zipcrypto', method: 'deflated' }) }];
    case 'zip-aes256':
      return [{ ending: '.zip', bytes: lockedZip(members, { ...locking, lock: 'aes256', method: 'deflated' }) }];
    case '7z-data':
    case '7z-headers':
      return [{ ending: '.7z', bytes: lockedSevenZip(members, { ...locking, lock: lockOf(kind) }) }];
    case '7z-volumes':
      return cut(lockedSevenZip(members, { ...locking, lock: 'data' }), 3);
  }
};

const lockOf = (kind: LockedKind): 'data' | 'headers' => (kind.endsWith('headers') ? 'headers' : 'data');

const cut = (bytes: Buffer, volumes: number): readonly ArchiveFile[] => {
  const size = Math.ceil(bytes.length / volumes);
  return Array.from({ length: volumes }, (_, at) => ({
    ending: `.7z.${String(at + 1).padStart(3, '0')}`,
    bytes: bytes.subarray(at * size, (at + 1) * size),
  }));
};
