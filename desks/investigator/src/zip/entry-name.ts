import { type Entry, getFileNameLowLevel, validateFileName } from 'yauzl';

/** `sound` names stay below the folder they would be written to, whatever system reads them; none is written to. */
export interface EntryName {
  readonly kind: 'sound' | 'unsafe' | 'folder';
  readonly name: string;
}

/** APPNOTE.TXT §4.4.17: forward slashes, relative; a name ending in one is a folder. */
export const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): EntryName => {
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  const segments = name.split('/').filter((segment) => segment !== '');
  const unsafe = validateFileName(name) !== null || segments.length === 0 || /[\0:\p{Surrogate}]/u.test(name);
  // PostgreSQL holds neither U+0000 nor half of a surrogate pair.
  if (unsafe) return { kind: 'unsafe', name: name.replaceAll(/[\0\p{Surrogate}]/gu, '\ufffd') };
  return { kind: name.endsWith('/') ? 'folder' : 'sound', name };
};

/** The last part of a sound name. */
export const baseName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

const fileTypeMask = 0o17_0000;
const regularFile = 0o10_0000;

/** Symbolic links, devices and the like, by the Unix mode in the upper half of the external attributes. */
export const isNoFile = ({ externalFileAttributes }: Entry): 'no-file' | 'file' => {
  const type = (externalFileAttributes >>> 16) & fileTypeMask;
  return type === 0 || type === regularFile ? 'file' : 'no-file';
};
