import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ArchiveSource, fileSource } from '@tutela/archive';
import { done, type Outcome, refused } from '@tutela/core';
import { sha256Address, type Vault } from '@tutela/vault';
import { below } from '../seizure/paths.js';
import type { ArchiveItem } from './archive-item.js';
import { newUnlistedFinder, type UnlistedFinder } from './unlisted.js';

/** A file open for reading; the descriptor can be inherited by a process that may open nothing itself. */
export interface ReadableItem {
  readonly descriptor: number;
  /** Bytes. */
  readonly size: number;
  readonly source: ArchiveSource;
  readonly close: () => Promise<void>;
}

/** `changed`: it is not the file that was digested. `not-kept`: its bytes lie where they cannot be read by themselves. */
export type ReadFault = 'gone' | 'changed' | 'not-kept';

/** Opens items by row, after whoever asks was admitted to. */
export interface ItemReader {
  readonly open: (item: ArchiveItem) => Promise<Outcome<ReadableItem, ReadFault>>;
}

/** Reads files of folders in their place, and everything else from the vault of the case where it was stored. */
export const openItemReader = (
  vault: Vault,
  { scratch = tmpdir() }: { readonly scratch?: string } = {},
): ItemReader => {
  const unlisted = newUnlistedFinder();
  return {
    open: (item) =>
      item.sourceKind === 'folder' && item.parentItemId === null
        ? inPlace(unlisted, item)
        : fromVault(vault, scratch, item),
  };
};

const inPlace = async (unlisted: UnlistedFinder, item: ArchiveItem): Promise<Outcome<ReadableItem, ReadFault>> => {
  const root = Buffer.from(path.resolve(item.locator));
  const known = item.pathBytes ?? (item.path === null ? undefined : Buffer.from(item.path));
  const found = known ?? (await unlisted.find(root, item.pathSha256));
  if (found === undefined || found.toString('latin1').split('/').includes('..'))
    return refused('gone', 'it is not in its place');
  let file: FileHandle;
  try {
    // A link in its place since it was digested is not followed.
    file = await open(below(root, found), constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    return refused('gone', `it cannot be opened: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`);
  }
  return readable(file, item);
};

const fromVault = async (
  vault: Vault,
  scratch: string,
  item: ArchiveItem,
): Promise<Outcome<ReadableItem, ReadFault>> => {
  const stored = await vault.forCase(item.caseRef).open(sha256Address(item.sha256));
  if (stored.kind !== 'done') return refused('not-kept', 'its bytes were not stored');
  // Without a name from here on: nothing stays behind, whatever becomes of this process.
  const place = path.join(scratch, `tutela-item-${randomUUID()}`);
  const file = await open(place, 'wx+', 0o600);
  await unlink(place);
  for await (const piece of stored.value.bytes) await file.writeFile(piece as Uint8Array);
  return readable(file, item);
};

const readable = async (file: FileHandle, { size }: ArchiveItem): Promise<Outcome<ReadableItem, ReadFault>> => {
  const close = (): Promise<void> => file.close();
  const found = await file.stat();
  if (!found.isFile() || found.size !== size) {
    await close();
    return refused('changed', 'its size is not what it was when it was digested');
  }
  return done({ descriptor: file.fd, size, source: await fileSource(file), close });
};

/** All of them, or none. */
export const openAll = async (
  reader: ItemReader,
  items: readonly ArchiveItem[],
): Promise<Outcome<readonly ReadableItem[], ReadFault>> => {
  const opened: ReadableItem[] = [];
  for (const item of items) {
    const one = await reader.open(item);
    if (one.kind !== 'done') {
      await closeAll(opened);
      return one;
    }
    opened.push(one.value);
  }
  return done(opened);
};

export const closeAll = async (items: readonly ReadableItem[]): Promise<void> => {
  for (const item of items) await item.close();
};
