import type { UtcInstant } from '@tutela/core';
import type { PolicyObject } from '@tutela/policy';
import type { ItemId } from '../seizure/schema.js';
import { itemRef } from '../seizure/visible-items.js';

/** A file that may be an archive, as the pass over its source left it. */
export interface ArchiveItem {
  readonly itemId: number;
  readonly caseRef: string;
  readonly sourceId: string;
  readonly sourceKind: 'folder' | 'image' | 'tar' | 's3';
  readonly locator: string;
  readonly parentItemId: number | null;
  /** Absent where names may not be kept. */
  readonly path: string | null;
  /** The name itself, where it is no UTF-8. */
  readonly pathBytes: Buffer | null;
  readonly pathSha256: string;
  /** Of a file in a disk image: where it lies there. Absent where that was not kept. */
  readonly imagePlace: string | null;
  readonly size: number;
  readonly sha256: string;
  readonly account: string | null;
  readonly modifiedAt: UtcInstant | null;
  readonly fileClass: string;
  /** Of the archives that it lies in, outermost first, and itself: for decisions on members. */
  readonly fullPath: string | null;
  /** How many archives it lies in. */
  readonly depth: number;
}

/** An item as authorities see it. A member of an archive lies below the archive's own path. */
export const objectOf = (
  item: Pick<ArchiveItem, 'sourceId' | 'itemId' | 'fullPath' | 'account' | 'modifiedAt' | 'fileClass'>,
): PolicyObject => ({
  sourceId: item.sourceId,
  itemRef: itemRef(item.itemId as ItemId),
  ...(item.fullPath !== null && { path: item.fullPath }),
  ...(item.account !== null && { account: item.account }),
  ...(item.modifiedAt !== null && { at: item.modifiedAt }),
  fileClass: item.fileClass,
});

export const folderOf = (item: ArchiveItem): string =>
  [item.sourceId, item.parentItemId ?? '', item.path === null ? '' : item.path.replace(/[^/]*$/, '')].join('/');

/** Whose passwords are likely to be the same: an account's, or a folder's where no account is known. */
export const ownerOf = (item: ArchiveItem): string =>
  item.account === null ? `folder ${folderOf(item)}` : `account ${item.account}`;

export const nameOf = (item: ArchiveItem): string => item.path?.replace(/^.*\//s, '') ?? `item-${item.itemId}`;
