import { largestIdsDocument } from '@tutela/cybertip';
import type { Entry, ZipFile } from 'yauzl';
import type { EntryFault } from './entry-end.js';
import { isNoFile, nameOf } from './entry-name.js';
import { digestEntry, type EntryDigests, EntryError } from './read-entry.js';
import type { ZipLimits } from './zip-limits.js';

/** An entry that is not a folder. `sound`: its name and bytes are as they must be. */
type ExaminedEntry = SoundEntry | { readonly kind: 'bad'; readonly name: string; readonly fault: EntryFault };

export interface SoundEntry {
  readonly kind: 'sound';
  readonly name: string;
  readonly entry: Entry;
  readonly digests: EntryDigests;
}

export interface ExaminedZip {
  readonly entries: readonly ExaminedEntry[];
  /** `cut`: there are more entries than the limit. `damaged`: what follows the last one cannot be told. */
  readonly listing: 'whole' | 'cut' | 'damaged';
}

/** Reads every entry once and keeps nothing: only digests, and why an entry is bad. A bad one does not stop the others. */
export const examineZip = async (zip: ZipFile, limits: ZipLimits): Promise<ExaminedZip> => {
  const entries: ExaminedEntry[] = [];
  const budget = openBudget(limits, zip.fileSize);
  try {
    for await (const entry of zip.eachEntry()) {
      const { kind, name } = nameOf(entry);
      if (kind === 'folder') continue;
      if (entries.length === limits.entries) return { entries, listing: 'cut' };
      const fault = kind === 'unsafe' ? 'unsafe-name' : (faultOf(entry) ?? budget.spend(entry));
      entries.push(fault === undefined ? await examine(zip, entry, name) : { kind: 'bad', name, fault });
    }
  } catch (error) {
    // yauzl's own errors are plain: the list of entries is not one.
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    return { entries, listing: 'damaged' };
  }
  return { entries, listing: 'whole' };
};

const faultOf = (entry: Entry): EntryFault | undefined => {
  if (isNoFile(entry) === 'no-file') return 'link';
  if (entry.isEncrypted()) return 'encrypted';
  return entry.canDecodeFileData() ? undefined : 'unsupported-compression';
};

interface Budget {
  /** Why the entry must not be read, by what it declares; no entry gives more than that. */
  readonly spend: (entry: Entry) => EntryFault | undefined;
}

const openBudget = (limits: ZipLimits, zipSize: number): Budget => {
  const most = (compressed: number): number => Math.max(limits.ratioFrom, limits.ratio * compressed);
  const whole = Math.min(limits.totalBytes, most(zipSize));
  let spent = 0;
  return {
    spend: ({ uncompressedSize, compressedSize }) => {
      if (uncompressedSize > limits.entryBytes) return 'too-large';
      if (uncompressedSize > most(compressedSize)) return 'ratio';
      if (spent + uncompressedSize > whole) return 'not-reached';
      spent += uncompressedSize;
      return undefined;
    },
  };
};

const examine = async (zip: ZipFile, entry: Entry, name: string): Promise<ExaminedEntry> => {
  try {
    return { kind: 'sound', name, entry, digests: await digestEntry(zip, entry) };
  } catch (error) {
    if (error instanceof EntryError) return { kind: 'bad', name, fault: error.fault };
    throw error;
  }
};

/** Whether it is worth reading an entry as the report. */
export const mayBeReport = ({ name, digests }: SoundEntry): 'maybe' | 'no' =>
  /\.json$/i.test(name) && digests.size <= largestIdsDocument ? 'maybe' : 'no';
