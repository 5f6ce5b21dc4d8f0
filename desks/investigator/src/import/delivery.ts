import { createHash } from 'node:crypto';
import type { DeliveredReport } from '@tutela/cybertip';
import type { EntryRecord } from '../zip/entry-end.js';
import type { EntryDigests } from '../zip/read-entry.js';

/** The file that somebody handed over, before anything of it was read. */
export interface Container {
  readonly path: string;
  /** Without folders. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly kind: 'json' | 'zip';
}

/** Bytes that the container holds for a file of the report. */
export interface DeliveredObject {
  /** Of the file in the report, from 1. */
  readonly ordinal: number;
  readonly entryName: string;
  readonly digests: EntryDigests;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** A report as a container delivers it. */
export interface Delivery {
  readonly container: Container;
  readonly document: Uint8Array;
  readonly documentSha256: string;
  readonly reading: DeliveredReport;
  readonly objects: readonly DeliveredObject[];
  readonly listing: 'whole' | 'cut' | 'damaged';
  readonly entries: readonly EntryRecord[];
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
