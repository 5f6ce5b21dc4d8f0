import path from 'node:path';
import { type Pkcs11Key, parsePkcs11Uri, parseStorePlace, type StorePlace, VaultError } from '@tutela/vault';
import { TutelaError } from '../tutela-error.js';

/** Three places, so that each can have a backup of its own: only together do they open anything. */
export interface VaultPlaces {
  readonly objects: StorePlace;
  readonly caseKeys: { readonly kind: 'database' } | { readonly kind: 'folder'; readonly folder: string };
  readonly installationKey:
    | { readonly kind: 'file'; readonly file: string }
    | ({ readonly kind: 'pkcs11' } & Pkcs11Key);
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
  const objects = readPlace('TUTELA_VAULT', () =>
    parseStorePlace(asked.objects ?? path.join(dataFolder, 'vault'), folder),
  );
  const fileOf = (given: string | undefined, name: string): string =>
    given === undefined ? path.join(dataFolder, name) : path.resolve(folder, given);
  const caseKeys: VaultPlaces['caseKeys'] =
    asked.caseKeys === 'database'
      ? { kind: 'database' }
      : { kind: 'folder', folder: fileOf(asked.caseKeys, 'case-keys') };
  const { installationKey: key } = asked;
  const installationKey: VaultPlaces['installationKey'] = key?.startsWith('pkcs11:')
    ? { kind: 'pkcs11', ...readPlace('TUTELA_INSTALLATION_KEY', () => parsePkcs11Uri(key)) }
    : { kind: 'file', file: fileOf(key, 'installation-key') };
  const keyFiles = installationKey.kind === 'file' ? [installationKey.file] : [];
  const keyPlaces = [...keyFiles, ...(caseKeys.kind === 'folder' ? [caseKeys.folder] : [])];
  if (objects.kind === 'folder' && keyPlaces.some((place) => liesIn(place, objects.folder))) {
    const why = 'Keep keys apart from what they open: whoever copies the objects must not copy the keys with them.';
    throw new TutelaError('usage', 'Keys must not lie in the folder of the objects.', why);
  }
  return { objects, caseKeys, installationKey, staging: path.join(dataFolder, 'vault-incoming') };
};

const liesIn = (place: string, folder: string): boolean => {
  const way = path.relative(folder, place);
  return way === '' || !(way.startsWith('..') || path.isAbsolute(way));
};

const advice = {
  TUTELA_VAULT: 'Give a folder, or s3://bucket/prefix?endpoint=https://…&region=….',
  TUTELA_INSTALLATION_KEY: 'Give a file, or pkcs11:token=…;id=%01?module-path=/…so.',
} as const;

const readPlace = <Place>(name: keyof typeof advice, read: () => Place): Place => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    // The text is not repeated: it may hold a secret.
    throw new TutelaError('usage', `${name} is not valid.`, advice[name]);
  }
};
