import type { FileHandle } from 'node:fs/promises';
import { type ArchiveSource, fileSource } from '@tutela/archive';
import { done, type Outcome, refused } from '@tutela/core';
import type { ArchiveItem } from '../archive-item.js';

/** A file open for reading; the descriptor can be inherited by a process that may open nothing itself. */
export interface ReadableItem {
  readonly descriptor: number;
  /** Bytes. */
  readonly size: number;
  readonly source: ArchiveSource;
  readonly close: () => Promise<void>;
}

/**
 * `changed`: it is not the file that was digested. `not-kept`: its bytes lie where they cannot be read by themselves.
 * `unreadable`, `too-large`: of an image, the tools do not hand it out, or it is more than is copied out. The others
 * say nothing of the file and may be over the next time: `tool-missing`, `no-room` here, `stopped` by an authority.
 */
export type ReadFault = 'gone' | 'changed' | 'not-kept' | 'unreadable' | 'too-large' | PassingFault;
export type PassingFault = (typeof passing)[number];

const passing = ['tool-missing', 'no-room', 'stopped'] as const;

/** Whether a fault is of the moment, so that nothing is to be written of the file. */
export const isPassing = (fault: ReadFault): fault is PassingFault => (passing as readonly ReadFault[]).includes(fault);

/** Closes what is not as large as what was digested. */
export const readable = async (file: FileHandle, { size }: ArchiveItem): Promise<Outcome<ReadableItem, ReadFault>> => {
  const close = (): Promise<void> => file.close();
  const found = await file.stat();
  if (!found.isFile() || found.size !== size) {
    await close();
    return refused('changed', 'its size is not what it was when it was digested');
  }
  return done({ descriptor: file.fd, size, source: await fileSource(file), close });
};
