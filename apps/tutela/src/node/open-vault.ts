import path from 'node:path';
import type { Db } from '@tutela/db';
import {
  encryptPlainObjects,
  type InstallationKeys,
  type Keyring,
  type ObjectStore,
  openFileInstallationKey,
  openFolderCaseKeys,
  openFolderStore,
  openKeyring,
  openPkcs11InstallationKey,
  openVault,
  type Vault,
} from '@tutela/vault';
import { finishShreddings, openPostgresCaseKeys } from '@tutela/vault/postgres';
import type { VaultPlaces } from '../config/vault-places.js';
import type { Chore, Desk } from './desk.js';

/** The vault of this installation with its parts, for what looks after it. */
export interface NodeVault extends Vault {
  readonly store: ObjectStore;
  readonly keyring: Keyring;
  readonly installationKeys: InstallationKeys;
}

export const openNodeVault = async (
  { objects, caseKeys, installationKey, staging }: VaultPlaces,
  db: Db,
): Promise<NodeVault> => {
  const store = await openStore(objects, staging);
  const keys = caseKeys.kind === 'database' ? openPostgresCaseKeys(db) : await openFolderCaseKeys(caseKeys.folder);
  const installationKeys =
    installationKey.kind === 'file'
      ? await openFileInstallationKey(installationKey.file)
      : await openPkcs11InstallationKey({ ...installationKey, pinVariable: 'TUTELA_PKCS11_PIN' });
  const keyring = openKeyring({ keys, installationKeys });
  return { ...openVault({ store, keyring }), store, keyring, installationKeys };
};

const openStore = async (place: VaultPlaces['objects'], staging: string): Promise<ObjectStore> => {
  if (place.kind === 'folder') return openFolderStore(place.folder);
  // Loaded when asked for: the client of S3 is large.
  const { openS3Store } = await import('@tutela/vault/s3');
  return openS3Store({ ...place, staging });
};

/** Carries out what was ordered and cut off before the key was gone. */
export const shredding = (db: Db, { store, keyring: { keys } }: NodeVault): Chore => ({
  name: 'finish shreddings',
  everySeconds: 60,
  run: () => finishShreddings({ db, store, keys }),
});

/** The provider keeps segments, which are deleted whole and hold no content: they lie beside the vault. */
type DeskWithObjects = Exclude<Desk['name'], 'provider'>;

/** What each desk keeps that belongs to no case. */
const standingWork = {
  platform: 'platform/reports',
  clearinghouse: 'clearinghouse/reports',
  investigator: 'investigator/deliveries',
} as const satisfies Record<DeskWithObjects, string>;

export type CompartmentOf = (desk: DeskWithObjects) => ReturnType<Vault['forCase']>;

export const standingCompartments =
  (vault: Vault): CompartmentOf =>
  (desk) =>
    vault.forCase(standingWork[desk]);

/** Before encryption each desk had a folder of plain objects: they are brought into its compartment, once. */
export const encryptOldObjects = async (
  dataFolder: string,
  compartmentOf: CompartmentOf,
  log: (line: string) => void,
): Promise<void> => {
  for (const desk of Object.keys(standingWork) as DeskWithObjects[]) {
    const { objects, left } = await encryptPlainObjects(path.join(dataFolder, 'objects', desk), compartmentOf(desk));
    if (objects > 0) log(`vault: ${objects} objects of the ${desk} desk are encrypted now`);
    for (const file of left) log(`vault: ${file} is not what its name says; left as it is, unencrypted`);
  }
};
