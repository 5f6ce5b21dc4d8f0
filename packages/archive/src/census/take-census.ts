import { done, limited, type Outcome, refused } from '@tutela/core';
import { ArchiveError } from '../archive-error.js';
import type { ArchiveSource } from '../bytes/archive-source.js';
import { rar4Signature } from '../rar4/blocks.js';
import { rar4Census } from '../rar4/rar4-census.js';
import { rar5Signature } from '../rar5/blocks.js';
import { rar5Census } from '../rar5/rar5-census.js';
import { sevenZipCensus, sevenZipSignature } from '../sevenzip/sevenzip-census.js';
import { zipCensus } from '../zip/zip-census.js';
import type { ArchiveFormat, Census, CensusCode, NamesAsked } from './census.js';
import { type CensusLimits, defaultCensusLimits } from './limits.js';
import { LimitReached } from './members.js';

const zipSignatures = [Uint8Array.of(0x50, 0x4b, 0x03, 0x04), Uint8Array.of(0x50, 0x4b, 0x05, 0x06)];
const programs = [Uint8Array.of(0x4d, 0x5a), Uint8Array.of(0x7f, 0x45, 0x4c, 0x46)];
/** RAR looks this far for its signature behind a self-extracting program. */
const selfExtracting = 1 << 20;

export interface Found {
  readonly format: ArchiveFormat;
  /** Where its signature stands. */
  readonly start: number;
}

/** By the first bytes, never by the name. */
export const detectArchive = async (source: ArchiveSource): Promise<Found | undefined> => {
  const head = await source.read(0, 8);
  const begins = (signature: Uint8Array): boolean =>
    Buffer.compare(head.subarray(0, signature.length), signature) === 0;
  if (begins(rar5Signature)) return { format: 'rar5', start: 0 };
  if (begins(rar4Signature)) return { format: 'rar4', start: 0 };
  if (begins(sevenZipSignature)) return { format: '7z', start: 0 };
  if (zipSignatures.some(begins)) return { format: 'zip', start: 0 };
  return programs.some(begins) ? behindProgram(source) : undefined;
};

const behindProgram = async (source: ArchiveSource): Promise<Found | undefined> => {
  const bytes = Buffer.from(await source.read(0, selfExtracting));
  const rar5 = bytes.indexOf(rar5Signature);
  if (rar5 >= 0) return { format: 'rar5', start: rar5 };
  const rar4 = bytes.indexOf(rar4Signature);
  return rar4 >= 0 ? { format: 'rar4', start: rar4 } : undefined;
};

/**
 * What an archive's headers say without a password: format, encryption and its cost, members where their names are open
 * and may be read, distinct locks with their hashcat lines. Reads a few kilobytes, changes nothing, guesses nothing.
 */
export const takeCensus = async (
  source: ArchiveSource,
  { names = 'ask', limits = defaultCensusLimits }: { readonly names?: NamesAsked; readonly limits?: CensusLimits } = {},
): Promise<Outcome<Census, CensusCode>> => {
  try {
    const found = await detectArchive(source);
    if (found === undefined) return refused('not-an-archive', 'it begins like none of RAR, ZIP and 7z');
    return done(await censusOf(source, found, names, limits));
  } catch (error) {
    if (error instanceof LimitReached) return limited('limit-reached', error.message);
    if (!(error instanceof ArchiveError)) throw error;
    return refused(error.code === 'unsupported' ? 'unsupported' : 'damaged', error.message);
  }
};

const censusOf = (
  source: ArchiveSource,
  { format, start }: Found,
  names: NamesAsked,
  limits: CensusLimits,
): Promise<Census> => {
  switch (format) {
    case 'rar5':
      return rar5Census(source, start, names, limits);
    case 'rar4':
      return rar4Census(source, start, names, limits);
    case 'zip':
      return zipCensus(source, names, limits);
    case '7z':
      return sevenZipCensus(source, names, limits);
  }
};
