import path from 'node:path';
import { parseStorePlace, type StorePlace, VaultError } from '@tutela/vault';
import { TutelaError } from '../tutela-error.js';

/** Three places, so that each can have a backup of its own: only together do they open anything. */
export interface VaultPlaces {
  readonly objects: StorePlace;
  readonly caseKeys: { readonly kind: 'database' } | { readonly kind: 'folder'; readonly folder: string };
  readonly installationKey: string;
  /** For objects on their way to a store elsewhere; ciphertext only. */
  readonly staging: string;
}

interface Asked {
  readonly objects?: string | undefined;
  readonly caseKeys?: string | undefined;
  readonly installationKey?: string | undefined;
}

/** A data folder with everything in it, whatever the environment says. */
export const ownPlaces = (dataFolder: string): { readonly dataFolder: string; readonly vault: VaultPlaces } => ({
  dataFolder,
  vault: vaultPlaces(dataFolder, {}, dataFolder),
});

/**
 * @param folder what relative paths start from
 * @throws TutelaError `usage`
 */
export const vaultPlaces = (dataFolder: string, asked: Asked, folder: string): VaultPlaces => {
  const objects = storePlace(asked.objects ?? path.join(dataFolder, 'vault'), folder);
  const fileOf = (given: string | undefined, name: string): string =>
    given === undefined ? path.join(dataFolder, name) : path.resolve(folder, given);
  const caseKeys: VaultPlaces['caseKeys'] =
    asked.caseKeys === 'database'
      ? { kind: 'database' }
      : { kind: 'folder', folder: fileOf(asked.caseKeys, 'case-keys') };
  const installationKey = fileOf(asked.installationKey, 'installation-key');
  const keyPlaces = [installationKey, ...(caseKeys.kind === 'folder' ? [caseKeys.folder] : [])];
  if (objects.kind === 'folder' && keyPlaces.some((place) => liesIn(place, objects.folder))) {
    const advice = 'Keep keys apart from what they open: whoever copies the objects must not copy the keys with them.';
    throw new TutelaError('usage', 'Keys must not lie in the folder of the objects.', advice);
  }
  return { objects, caseKeys, installationKey, staging: path.join(dataFolder, 'vault-incoming') };
};

const liesIn = (place: string, folder: string): boolean => {
  const way = path.relative(folder, place);
  return way === '' || !(way.startsWith('..') || path.isAbsolute(way));
};

const storePlace = (text: string, folder: string): StorePlace => {
  try {
    return parseStorePlace(text, folder);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    const advice = 'Give a folder, or s3://bucket/prefix?endpoint=https://…&region=….';
    throw new TutelaError('usage', 'TUTELA_VAULT is not valid.', advice);
  }
};
