import path from 'node:path';
import { VaultError } from '../vault-error.js';
import { isKeyId, isObjectName, type ObjectName } from './object-store.js';

/**
 * ```
 * objects/<key id>/ab/cd/abcd…   one read-only file per object; 65,536 folders, so that no folder grows slow
 * incoming/                      files being written, renamed into objects/ once they are on the disk
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

/** The validation keeps a name that came from outside from naming a file elsewhere. */
export const objectFolder = (layout: Layout, { keyId, name }: ObjectName): string => {
  if (!isKeyId(keyId) || !isObjectName(name)) {
    throw new VaultError('not-a-digest', `${JSON.stringify([keyId, name])} is not the name of an object`);
  }
  return path.join(layout.objects, keyId, name.slice(0, 2), name.slice(2, 4));
};

export const objectPath = (layout: Layout, name: ObjectName): string =>
  path.join(objectFolder(layout, name), name.name);
