import { randomBytes } from 'node:crypto';
import { type Clock, canonicalJson, done, newId, type Outcome, systemClock } from '@tutela/core';
import { hkdfExpand } from '../cipher/hkdf.js';
import type { KeyId } from '../store/object-store.js';
import { VaultError } from '../vault-error.js';
import type { CaseKeyFault, CaseKeyStore, WrappedCaseKey } from './case-key-store.js';
import type { InstallationKeys } from './installation-key.js';

/** A case key in use: three keys derived from it, each for one thing. */
export interface CaseKey {
  readonly id: KeyId;
  readonly caseRef: string;
  /** Names objects in the store. */
  readonly nameKey: Uint8Array;
  /** Wraps data keys. */
  readonly wrapKey: Uint8Array;
  /** Seals openings of the ledger. */
  readonly openingKey: Uint8Array;
}

export interface Keyring {
  readonly keys: CaseKeyStore;
  /**
   * The key of a case, made when it has none.
   * @param within the store as a transaction sees it, for who is in one
   */
  readonly obtain: (
    caseRef: string,
    within?: Pick<CaseKeyStore, 'find' | 'add'>,
  ) => Promise<Outcome<CaseKey, 'key-destroyed'>>;
  readonly find: (caseRef: string) => Promise<Outcome<CaseKey, CaseKeyFault>>;
  readonly use: (key: WrappedCaseKey) => Promise<CaseKey>;
}

export interface KeyringDeps {
  readonly keys: CaseKeyStore;
  readonly installationKeys: InstallationKeys;
  readonly clock?: Clock;
}

/**
 * Looks into the key store at every call, so that a key destroyed by another process opens nothing here any more;
 * unwrapping, which may ask a security module, is remembered.
 */
export const openKeyring = ({ keys, installationKeys, clock = systemClock }: KeyringDeps): Keyring => {
  const inUse = new Map<string, { readonly keyId: KeyId; readonly key: Promise<CaseKey> }>();
  const use = (key: WrappedCaseKey): Promise<CaseKey> => {
    const known = inUse.get(key.caseRef);
    if (known?.keyId === key.keyId) return known.key;
    const unwrapped = unwrapCaseKey(installationKeys, key);
    inUse.set(key.caseRef, { keyId: key.keyId, key: unwrapped });
    unwrapped.catch(() => inUse.delete(key.caseRef));
    return unwrapped;
  };
  const findIn = async (store: Pick<CaseKeyStore, 'find'>, caseRef: string): ReturnType<Keyring['find']> => {
    const found = await store.find(caseRef);
    if (found.kind === 'done') return done(await use(found.value));
    inUse.delete(caseRef);
    return found;
  };
  const obtain: Keyring['obtain'] = async (caseRef, within = keys) => {
    for (;;) {
      const found = await findIn(within, caseRef);
      if (found.kind !== 'nothing') return found as Outcome<CaseKey, 'key-destroyed'>;
      // Whoever added one first decides which it is: found in the next turn.
      await within.add(await newCaseKey(installationKeys, caseRef, clock));
    }
  };
  return { keys, obtain, find: (caseRef) => findIn(keys, caseRef), use };
};

const contextOf = ({ keyId, caseRef }: Pick<WrappedCaseKey, 'keyId' | 'caseRef'>): string =>
  canonicalJson({ what: 'tutela/case-key/1', keyId, caseRef });

const newCaseKey = async (
  installationKeys: InstallationKeys,
  caseRef: string,
  clock: Clock,
): Promise<WrappedCaseKey> => {
  const wrapping = await installationKeys.current();
  const named = { keyId: newId<KeyId>(), caseRef };
  const wrapped = await wrapping.wrap(randomBytes(32), contextOf(named));
  return { ...named, installationKey: wrapping.id, wrapped, createdAt: clock.now() };
};

const unwrapSecret = async (installationKeys: InstallationKeys, key: WrappedCaseKey): Promise<Buffer> => {
  const wrapping = await installationKeys.named(key.installationKey);
  if (wrapping.kind !== 'done') throw new VaultError('key-unusable', wrapping.reason.message);
  return wrapping.value.unwrap(key.wrapped, contextOf(key));
};

const unwrapCaseKey = async (installationKeys: InstallationKeys, key: WrappedCaseKey): Promise<CaseKey> => {
  const secret = await unwrapSecret(installationKeys, key);
  const derive = (use: string): Uint8Array => hkdfExpand(secret, Buffer.from(`tutela/case-key/1/${use}`), 32);
  return {
    id: key.keyId,
    caseRef: key.caseRef,
    nameKey: derive('object-names'),
    wrapKey: derive('data-keys'),
    openingKey: derive('ledger-openings'),
  };
};

/**
 * Wraps every case key again with the current installation key. Each is replaced whole or not at all, so this can be
 * stopped at any moment and called again.
 * @param installationKeys the current key and those that may have wrapped what is there
 */
export const rewrapCaseKeys = async ({
  keys,
  installationKeys,
}: Pick<KeyringDeps, 'keys' | 'installationKeys'>): Promise<{ readonly rewrapped: number }> => {
  const current = await installationKeys.current();
  let rewrapped = 0;
  for await (const key of keys.list()) {
    if (key.installationKey === current.id) continue;
    const secret = await unwrapSecret(installationKeys, key);
    const wrapped = await current.wrap(secret, contextOf(key));
    secret.fill(0);
    if ((await keys.rewrap({ ...key, installationKey: current.id, wrapped })) === 'rewrapped') rewrapped++;
  }
  return { rewrapped };
};
