import path from 'node:path';
import { type Sha256, sha256Address } from './vault.js';

/**
 * ```
 * objects/ab/cd/abcd…   one read-only file per object; 65,536 folders, so that no folder grows slow
 * incoming/             files being written, renamed into objects/ once they are on the disk
 * ```
 */
export interface Layout {
  readonly objects: string;
  readonly incoming: string;
}

export const layoutOf = (folder: string): Layout => ({
  objects: path.join(folder, 'objects'),
  incoming: path.join(folder, 'incoming'),
});

/** The validation keeps an address that came from outside from naming a file elsewhere. */
export const objectFolder = (layout: Layout, sha256: Sha256): string => {
  const address = sha256Address(sha256);
  return path.join(layout.objects, address.slice(0, 2), address.slice(2, 4));
};

export const objectPath = (layout: Layout, sha256: Sha256): string => path.join(objectFolder(layout, sha256), sha256);
