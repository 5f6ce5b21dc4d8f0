import { done, refused } from '@tutela/core';
import type { CaseKeyStore } from './case-key-store.js';
import { beginFileRotation, endFileRotation, openFileInstallationKey } from './file-installation-key.js';
import type { InstallationKeys } from './installation-key.js';
import { rewrapCaseKeys } from './keyring.js';

/**
 * A new installation key in the file, every case key wrapped with it, and the old one gone. Stopped at any moment, the
 * file holds both keys and everything opens; called again, it goes on. Other processes may work meanwhile.
 */
export const rotateFileKey = async (file: string, keys: CaseKeyStore): Promise<{ readonly rewrapped: number }> => {
  const installationKeys = await openFileInstallationKey(file);
  await beginFileRotation(file);
  const first = await rewrapCaseKeys({ keys, installationKeys });
  const before = await endFileRotation(file);
  // A process that had read the file before the first line may have wrapped a key with the old one until just now.
  const withOld: InstallationKeys = {
    current: installationKeys.current,
    named: async (id) => {
      const key = [await installationKeys.current(), ...before].find((one) => one.id === id);
      return key === undefined ? refused('unknown-installation-key', `no key at hand is ${id}`) : done(key);
    },
  };
  const late = await rewrapCaseKeys({ keys, installationKeys: withOld });
  return { rewrapped: first.rewrapped + late.rewrapped };
};
