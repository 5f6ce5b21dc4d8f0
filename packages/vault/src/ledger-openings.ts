import { done, type Outcome, refused } from '@tutela/core';
import type { OpeningSeal, Unseal } from '@tutela/ledger/postgres';
import type { CaseKeyStore } from './keys/case-key-store.js';
import type { CaseKey, Keyring } from './keys/keyring.js';
import { seal, unseal } from './keys/seal.js';
import { VaultError } from './vault-error.js';

const boundTo = (eventId: string): Buffer => Buffer.from(`tutela/ledger-opening/1/${eventId}`);

/**
 * What seals the ledger's openings of a case: `appendEvent(tx, { …, caseRef, seal })`. The case gets a key if it has none.
 */
export const openingSeal = async (
  keyring: Keyring,
  caseRef: string,
  within: Pick<CaseKeyStore, 'find' | 'add'> = keyring.keys,
): Promise<Outcome<OpeningSeal, 'key-destroyed'>> => {
  const key = await keyring.obtain(caseRef, within);
  if (key.kind !== 'done') return key;
  const { openingKey } = key.value;
  return done({ caseRef, seal: (eventId, opening) => seal(openingKey, opening, boundTo(eventId)) });
};

/** Opens them, for one check or one export: each case's key is looked up once. */
export const unsealOpenings = (keyring: Keyring): Unseal => {
  const keys = new Map<string, ReturnType<Keyring['find']>>();
  return async (caseRef, eventId, sealed) => {
    const looked = keys.get(caseRef) ?? keyring.find(caseRef);
    keys.set(caseRef, looked);
    const key = await looked;
    return key.kind === 'done' ? opened(key.value, eventId, sealed) : key;
  };
};

const opened = ({ openingKey }: CaseKey, eventId: string, sealed: Uint8Array): Outcome<Uint8Array, 'damaged'> => {
  try {
    return done(unseal(openingKey, sealed, boundTo(eventId), 'damaged'));
  } catch (error) {
    if (error instanceof VaultError && error.code === 'damaged') return refused('damaged', error.message);
    throw error;
  }
};
