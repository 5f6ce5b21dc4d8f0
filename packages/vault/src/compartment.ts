import { done, nothing, type Outcome, refused } from '@tutela/core';
import type { AtATime } from './at-a-time.js';
import { objectName, plainSize } from './envelope.js';
import type { CaseKey, Keyring } from './keys/keyring.js';
import { openFront, readRange } from './read-object.js';
import type { ObjectName, ObjectStore } from './store/object-store.js';
import {
  type AbsenceCode,
  type ByteRange,
  type Compartment,
  type OpenedRange,
  type Sha256,
  sha256Address,
} from './vault.js';
import { VaultError } from './vault-error.js';
import { writeObject } from './write-object.js';

interface CompartmentDeps {
  readonly store: ObjectStore;
  readonly keyring: Keyring;
  readonly writers: AtATime;
}

interface Found {
  readonly key: CaseKey;
  readonly name: ObjectName;
}

const absent = (sha256: Sha256) => nothing('not-in-vault', `the compartment has no ${sha256}`);

export const openCompartment = ({ store, keyring, writers }: CompartmentDeps, caseRef: string): Compartment => {
  const find = async (address: Sha256): Promise<Outcome<Found, AbsenceCode>> => {
    const sha256 = sha256Address(address);
    const key = await keyring.find(caseRef);
    if (key.kind === 'done') return done({ key: key.value, name: objectName(key.value, sha256) });
    return key.kind === 'nothing' ? absent(sha256) : refused('shredded', key.reason.message);
  };
  const stat: Compartment['stat'] = async (sha256) => {
    const found = await find(sha256);
    if (found.kind !== 'done') return found;
    const held = await store.stat(found.value.name);
    if (held.kind !== 'done') return absent(sha256);
    const size = plainSize(held.value.size);
    if (size === undefined) throw new VaultError('damaged', `${sha256} has a length that no object has`);
    return done({ sha256, size });
  };
  const openRange = async (
    sha256: Sha256,
    range: ByteRange,
  ): Promise<Outcome<OpenedRange, AbsenceCode | 'range-not-satisfiable'>> => {
    const found = await find(sha256);
    if (found.kind !== 'done') return found;
    const { key, name } = found.value;
    const front = await openFront(store, key, name);
    return front === undefined ? absent(sha256) : readRange(store, name, front, range);
  };
  return {
    caseRef,
    put: (source, options) =>
      writers(async () => {
        const key = await keyring.obtain(caseRef);
        if (key.kind !== 'done') throw new VaultError('key-destroyed', key.reason.message);
        return writeObject(store, key.value, source, options);
      }),
    // The whole of an object is always a range that it has.
    open: (sha256) => openRange(sha256, { start: 0 }) as ReturnType<Compartment['open']>,
    openRange,
    has: async (sha256) => {
      const found = await find(sha256);
      return found.kind === 'done' && (await store.stat(found.value.name)).kind === 'done' ? 'present' : 'absent';
    },
    stat,
  };
};
