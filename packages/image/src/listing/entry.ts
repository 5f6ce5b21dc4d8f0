import type { UtcInstant } from '@tutela/core';

/** A name in a file system, present or deleted. Names are data, never a place to write to: `..` may stand in them. */
export interface ImageEntry {
  /** As the tools address it: `517`, of NTFS `5-128-1`. */
  readonly inode: string;
  /** Raw bytes below the root of its file system, parts joined by `/`. */
  readonly path: Buffer;
  /**
   * `fls` writes `^` for each control character, line feeds too: a path with a `^` may have been another, and two names
   * may look alike. The inode tells them apart.
   */
  readonly spelling: 'as-stored' | 'may-be-altered';
  /** `reallocated`: the name is deleted and what it pointed at belongs to another file now. */
  readonly state: 'allocated' | 'deleted' | 'reallocated';
  /** `virtual`: the tools' own name for a part of the file system, such as `$FAT1`. */
  readonly kind: 'file' | 'folder' | 'link' | 'virtual' | 'other';
  readonly size: number;
  readonly times: EntryTimes;
}

/** To the second, `null` where there is none. Of FAT: local time, taken to be in the image's declared zone. */
export interface EntryTimes {
  readonly modified: UtcInstant | null;
  readonly accessed: UtcInstant | null;
  /** Of its metadata. */
  readonly changed: UtcInstant | null;
  readonly created: UtcInstant | null;
}
