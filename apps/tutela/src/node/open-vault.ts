import path from 'node:path';
import {
  encryptPlainObjects,
  openFileInstallationKey,
  openFolderCaseKeys,
  openFolderStore,
  openKeyring,
  openVault,
  type Vault,
} from '@tutela/vault';
import type { Config } from '../config/config.js';
import type { Desk } from './desk.js';

/** What each desk keeps that belongs to no case. */
const standingWork = {
  platform: 'platform/reports',
  clearinghouse: 'clearinghouse/reports',
  investigator: 'investigator/deliveries',
} as const satisfies Record<Desk['name'], string>;

export type CompartmentOf = (desk: Desk['name']) => ReturnType<Vault['forCase']>;

/** Objects, case keys and installation key lie in three places, so that each can have a backup of its own. */
export const openNodeVault = async ({ dataFolder }: Config): Promise<Vault> => {
  const store = await openFolderStore(path.join(dataFolder, 'vault'));
  const keys = await openFolderCaseKeys(path.join(dataFolder, 'case-keys'));
  const installationKeys = await openFileInstallationKey(path.join(dataFolder, 'installation-key'));
  return openVault({ store, keyring: openKeyring({ keys, installationKeys }) });
};

/** Before encryption each desk had a folder of plain objects: they are brought into its compartment, once. */
export const encryptOldObjects = async (
  { dataFolder }: Config,
  compartmentOf: CompartmentOf,
  log: (line: string) => void,
): Promise<void> => {
  for (const desk of Object.keys(standingWork) as Desk['name'][]) {
    const { objects, left } = await encryptPlainObjects(path.join(dataFolder, 'objects', desk), compartmentOf(desk));
    if (objects > 0) log(`vault: ${objects} objects of the ${desk} desk are encrypted now`);
    for (const file of left) log(`vault: ${file} is not what its name says; left as it is, unencrypted`);
  }
};

export const standingCompartments =
  (vault: Vault): CompartmentOf =>
  (desk) =>
    vault.forCase(standingWork[desk]);
