import type { Outcome } from '@tutela/core';
import type { ToolCode } from '../tool/tool-run.js';

export type FileSystemCode = ToolCode | 'no-file-system' | 'unsupported-file-system' | 'beyond-the-image';

/** A part of the disk that may hold a file system. */
export interface Volume {
  /** As `mmls` counts: `000:001`; `whole` where the disk has no partition table. */
  readonly slot: string;
  readonly startSector: number;
  readonly sectors: number;
  /** What its table says it is: not to be relied on. */
  readonly description: string;
  /** By its own bytes: `ext4`, `fat16`, `ntfs`, … */
  readonly fileSystem: Outcome<string, FileSystemCode>;
}

export interface Volumes {
  /** `DOS Partition Table`, `GUID Partition Table (EFI)`, …; `none` where there is none. */
  readonly scheme: string;
  readonly volumes: readonly Volume[];
}

/** The address of a volume, as the tools take it. */
export const offsetOf = ({ startSector }: Pick<Volume, 'startSector'>): readonly string[] => ['-o', `${startSector}`];
