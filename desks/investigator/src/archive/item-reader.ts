import { tmpdir } from 'node:os';
import { done, type Outcome } from '@tutela/core';
import type { Vault } from '@tutela/vault';
import type { MayGoOn } from '../seizure/image/until-stopped.js';
import type { ArchiveItem } from './archive-item.js';
import { openFromImage } from './reading/from-image.js';
import { openFromVault } from './reading/from-vault.js';
import { openInPlace } from './reading/in-place.js';
import { newOpenImages } from './reading/open-images.js';
import type { ReadableItem, ReadFault } from './reading/readable-item.js';
import { newUnlistedFinder } from './reading/unlisted.js';

/** Opens items by row, after whoever asks was admitted to. */
export interface ItemReader {
  /** @param mayGoOn asked again where opening takes long: without it, it is not ended */
  readonly open: (item: ArchiveItem, mayGoOn?: MayGoOn) => Promise<Outcome<ReadableItem, ReadFault>>;
}

export interface ItemReaderOptions {
  /** For files that lie in the vault or in an image. */
  readonly scratch?: string;
  /** Of a file that is copied out of an image. */
  readonly mostImageBytes?: number;
}

const gibibyte = 2 ** 30;

/** Reads files of folders in their place, those of images out of the image, and all else from the vault of the case. */
export const openItemReader = (
  vault: Vault,
  { scratch = tmpdir(), mostImageBytes = 16 * gibibyte }: ItemReaderOptions = {},
): ItemReader => {
  const unlisted = newUnlistedFinder();
  const imageReading = { images: newOpenImages(), scratch, mostBytes: mostImageBytes };
  return {
    open: (item, mayGoOn = async () => 'goes-on') => {
      if (item.parentItemId !== null) return openFromVault(vault, scratch, item);
      switch (item.sourceKind) {
        case 'folder':
          return openInPlace(unlisted, item);
        case 'image':
          return openFromImage(imageReading, item, mayGoOn);
        case 'tar':
        case 's3':
          return openFromVault(vault, scratch, item);
      }
    },
  };
};

/** All of them, or none. */
export const openAll = async (
  reader: ItemReader,
  items: readonly ArchiveItem[],
  mayGoOn: MayGoOn,
): Promise<Outcome<readonly ReadableItem[], ReadFault>> => {
  const opened: ReadableItem[] = [];
  for (const item of items) {
    const one = await reader.open(item, mayGoOn);
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
