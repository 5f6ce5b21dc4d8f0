import type { Lock } from './lock.js';

export const archiveFormats = ['rar5', 'rar4', 'zip', '7z'] as const;
export type ArchiveFormat = (typeof archiveFormats)[number];

/** What can be said of an archive from its headers alone, without a password. */
export interface Census {
  readonly format: ArchiveFormat;
  /** `headers`: even the names are encrypted. */
  readonly encryption: 'none' | 'data' | 'headers';
  /** Empty when names are hidden, or when the authority does not grant `list`. */
  readonly members: readonly Member[];
  readonly memberNames: 'read' | 'hidden' | 'not-asked';
  /** Distinct key material: one password check each, however many members or volumes share it. */
  readonly locks: readonly Lock[];
  readonly volume: Volume;
  /** `truncated`: the end is missing; `no-end-mark`: nothing says where the archive ends. */
  readonly ending: 'whole' | 'truncated' | 'no-end-mark';
  /** The archive's comment, when it is not encrypted and names may be read; often holds the password. */
  readonly comment?: string;
}

export interface Member {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  /** Uncompressed; absent when the header does not say. */
  readonly bytes?: number;
  readonly packedBytes?: number;
  readonly encrypted: 'yes' | 'no';
  /**
   * CRC-32 of the *plaintext*, where the format shows it without a password (RAR4, ZIP but AE-2, 7z with open headers).
   * With the size it is a lead against a list of known files, never an identification (forensics.md §2.2).
   */
  readonly crc32?: number;
  readonly modified?: Modified;
}

/** `floating`: the format keeps local time without a zone, so it is text and not an instant. */
export type Modified =
  | { readonly kind: 'floating'; readonly text: string }
  | { readonly kind: 'utc'; readonly epochMs: number };

export type Volume =
  | { readonly kind: 'single' }
  /** `number` from 1 where the format says it, else what the file's name says is left to `groupVolumes`. */
  | { readonly kind: 'part'; readonly number?: number; readonly last: 'yes' | 'no' | 'unknown' };

/** Whether names may be read: `list` is a step of its own (forensics.md §6.3). */
export type NamesAsked = 'ask' | 'do-not-ask';

export type CensusCode = 'not-an-archive' | 'damaged' | 'unsupported' | 'limit-reached';
