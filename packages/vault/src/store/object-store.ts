import type { Readable } from 'node:stream';
import type { Branded, Outcome } from '@tutela/core';

/** Identifies a case key; the store's only word for a compartment. A random UUID (RFC 9562, version 4). */
export type KeyId = Branded<string, 'KeyId'>;

/** What a store knows an object by: says nothing about its bytes to whoever lacks the case key. */
export interface ObjectName {
  readonly keyId: KeyId;
  /** 64 lower-case hexadecimal digits. */
  readonly name: string;
}

export interface ListedObject extends ObjectName {
  readonly kind: 'object';
  /** Bytes as stored, encrypted. */
  readonly size: number;
}

/** Something that the vault did not put there. */
export interface ForeignObject {
  readonly kind: 'foreign';
  /** Relative to the store. */
  readonly path: string;
}

export interface ReadObject {
  /** Of the whole object as stored. */
  readonly size: number;
  readonly bytes: Readable;
}

/** Bytes `start` to `end` exclusive, as stored; to the end of the object without `end`. */
export interface StoredRange {
  readonly start: number;
  readonly end?: number;
}

/**
 * Where encrypted objects lie: written once, never changed. Everything that reaches a store is ciphertext; an
 * implementation needs no secrets but its own credentials.
 */
export interface ObjectStore {
  /** For people: `folder /srv/vault`, `s3://bucket/prefix`. Never credentials. */
  readonly place: string;
  /** A local folder in which objects are written before `put` takes them. */
  readonly staging: string;
  /**
   * Takes a staged file away and keeps it under `name`; resolves once it would survive a loss of power. An object of
   * another length under the name is damaged and gives way.
   * @throws VaultError `write-failed`
   */
  readonly put: (name: ObjectName, stagedFile: string, size: number) => Promise<'stored' | 'already-there'>;
  /** @throws VaultError `read-failed` */
  readonly stat: (name: ObjectName) => Promise<Outcome<{ readonly size: number }, 'not-in-store'>>;
  /** @throws VaultError `read-failed` */
  readonly read: (name: ObjectName, range: StoredRange) => Promise<Outcome<ReadObject, 'not-in-store'>>;
  /** In the order of names, those of one key or all; only those after `after`. */
  readonly list: (of?: KeyId, after?: ObjectName) => AsyncIterable<ListedObject | ForeignObject>;
  /** `retained`: the store holds it under an object lock or a legal hold of its own. */
  readonly remove: (name: ObjectName) => Promise<Outcome<undefined, 'not-in-store' | 'retained'>>;
}

export const isKeyId = (text: string): text is KeyId =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
export const isObjectName = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

export const isAfter = (one: ObjectName, other: ObjectName): 'after' | 'not-after' =>
  one.keyId > other.keyId || (one.keyId === other.keyId && one.name > other.name) ? 'after' : 'not-after';
