import path from 'node:path';
import { atATime } from './at-a-time.js';
import { openCompartment } from './compartment.js';
import { openFileInstallationKey } from './keys/file-installation-key.js';
import { openFolderCaseKeys } from './keys/folder-case-keys.js';
import { type Keyring, openKeyring } from './keys/keyring.js';
import { scrubStore } from './scrub.js';
import { openFolderStore } from './store/folder-store.js';
import type { KeyId, ObjectStore } from './store/object-store.js';
import type { CompartmentUsage, Vault } from './vault.js';

/** Measured in a folder: 155 small files a second one at a time, 449 with sixteen. */
const writersAtOnce = 16;

export interface VaultDeps {
  readonly store: ObjectStore;
  readonly keyring: Keyring;
}

export const openVault = ({ store, keyring }: VaultDeps): Vault => {
  const writers = atATime(writersAtOnce);
  return {
    places: { objects: store.place, keys: keyring.keys.place },
    forCase: (caseRef) => openCompartment({ store, keyring, writers }, caseRef),
    usage: () => usageOf(store, keyring),
    scrub: (options) => scrubStore({ store, keyring }, options),
  };
};

/**
 * A vault with its keys in one folder: `objects/`, `incoming/`, `keys/`, `installation-key`. For one machine without a
 * need to shred, and for tests: a backup of the whole folder brings destroyed keys back.
 */
export const openFolderVault = async (folder: string): Promise<Vault> => {
  const store = await openFolderStore(folder);
  const keys = await openFolderCaseKeys(path.join(folder, 'keys'));
  const installationKeys = await openFileInstallationKey(path.join(folder, 'installation-key'));
  return openVault({ store, keyring: openKeyring({ keys, installationKeys }) });
};

const usageOf = async (store: ObjectStore, { keys }: Keyring): Promise<readonly CompartmentUsage[]> => {
  const caseRefs = new Map<KeyId, string>();
  for await (const { keyId, caseRef } of keys.list()) caseRefs.set(keyId, caseRef);
  const counts = new Map<KeyId, { objects: number; bytes: number }>();
  for (const keyId of caseRefs.keys()) counts.set(keyId, { objects: 0, bytes: 0 });
  for await (const found of store.list()) {
    if (found.kind === 'foreign') continue;
    const count = counts.get(found.keyId) ?? { objects: 0, bytes: 0 };
    count.objects++;
    count.bytes += found.size;
    counts.set(found.keyId, count);
  }
  return [...counts].map(([keyId, count]) => {
    const caseRef = caseRefs.get(keyId);
    return { keyId, ...(caseRef !== undefined && { caseRef }), ...count };
  });
};
