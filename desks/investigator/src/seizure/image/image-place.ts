import type { ImageEntry } from '@tutela/image';

/** Where a file lies in an image: all that the tools need to hand out its bytes again, and no name. */
export interface ImagePlace {
  /** Of its volume. */
  readonly startSector: number;
  readonly inode: string;
  readonly state: 'allocated' | 'deleted';
}

const form = /^(?<sector>\d{1,15})\/(?<inode>\d+(?:-\d+){0,2})(?<deleted>\/deleted)?$/;

/** As a row keeps it: `2048/517`, of NTFS `2048/5-128-1`, of a deleted name `2048/517/deleted`. */
export const printPlace = ({ startSector, inode, state }: ImagePlace): string =>
  `${startSector}/${inode}${state === 'deleted' ? '/deleted' : ''}`;

/** `undefined` where it is none. */
export const parsePlace = (text: string): ImagePlace | undefined => {
  const { sector, inode, deleted } = form.exec(text)?.groups ?? {};
  if (sector === undefined || inode === undefined) return undefined;
  return { startSector: Number(sector), inode, state: deleted === undefined ? 'allocated' : 'deleted' };
};

/** `undefined` for what is no file, and for a name whose place belongs to another file now. */
export const placeOf = (
  startSector: number,
  { inode, kind, state }: Pick<ImageEntry, 'inode' | 'kind' | 'state'>,
): string | undefined =>
  kind !== 'file' || state === 'reallocated' ? undefined : printPlace({ startSector, inode, state });
