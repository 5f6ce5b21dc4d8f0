import type { SealOf } from '@tutela/ledger/postgres';
import type { CaseKeyStore } from '../keys/case-key-store.js';
import type { Keyring } from '../keys/keyring.js';
import { openingSeal } from '../ledger-openings.js';
import type { PostgresCaseKeys } from './case-keys.js';

/**
 * What `sealingDatabase` of the ledger asks: the seal of each case under its key, made where it has none; nothing once
 * the key was destroyed.
 */
export const sealOfCase =
  (keyring: Keyring): SealOf =>
  async (tx, caseRef) => {
    const { keys } = keyring;
    const made = await openingSeal(keyring, caseRef, isInDatabase(keys) ? keys.within(tx) : keys);
    return made.kind === 'done' ? made.value : undefined;
  };

const isInDatabase = (keys: CaseKeyStore | PostgresCaseKeys): keys is PostgresCaseKeys => 'within' in keys;
