import { createHmac, randomBytes } from 'node:crypto';
import { prefixBytes } from './cipher/chunk-keys.js';
import type { MessageKey } from './cipher/encrypt-message.js';
import { chunkOffset, encryptedLength, plainLength } from './cipher/message-length.js';
import type { CaseKey } from './keys/keyring.js';
import { seal, sealOverhead, unseal } from './keys/seal.js';
import type { ObjectName } from './store/object-store.js';
import type { Sha256 } from './vault.js';
import { VaultError } from './vault-error.js';

/**
 * An object as it is stored, version 1:
 *
 * ```
 *   0    8  "tutela" 0x00 0x01
 *   8   16  identifier of the case key
 *  24  100  sealed under the case key, bound to the bytes before and to the object's name:
 *           data key (32), SHA-256 of the plaintext (32), its length (8, big-endian)
 * 124       C2SP chunked-encryption v1, Cobblestone-256, under the data key
 * ```
 */
const magic = Buffer.from('tutela\0\x01', 'latin1');
const idBytes = 16;
const secretBytes = 32 + 32 + 8;
export const headerBytes = magic.length + idBytes + sealOverhead + secretBytes;
/** Header and the message's salt and commitment: what has to be read before any chunk. */
export const frontBytes = headerBytes + prefixBytes;

const context = Buffer.from('tutela/vault/object/1');

/** What the header keeps secret. */
export interface ObjectSecret {
  /** 32 bytes, of this object alone. */
  readonly dataKey: Uint8Array;
  readonly sha256: Sha256;
  /** Bytes of plaintext. */
  readonly size: number;
}

export const newDataKey = (): Uint8Array => randomBytes(32);
export const messageKey = (dataKey: Uint8Array): MessageKey => ({ key: dataKey, context });

/**
 * The name of an object in the store: HMAC-SHA-256 of its digest under a key of the case. Without that key nobody can
 * test whether a file that they know is there.
 */
export const objectName = ({ id, nameKey }: CaseKey, sha256: Sha256): ObjectName => ({
  keyId: id,
  name: createHmac('sha256', nameKey).update(Buffer.from(sha256, 'hex')).digest('hex'),
});

const openPart = (keyId: string): Buffer => Buffer.concat([magic, Buffer.from(keyId.replaceAll('-', ''), 'hex')]);

export const sealHeader = (caseKey: CaseKey, { dataKey, sha256, size }: ObjectSecret): Buffer => {
  const front = openPart(caseKey.id);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(size));
  const secret = Buffer.concat([dataKey, Buffer.from(sha256, 'hex'), length]);
  const name = Buffer.from(objectName(caseKey, sha256).name, 'hex');
  return Buffer.concat([front, seal(caseKey.wrapKey, secret, Buffer.concat([front, name]))]);
};

/** @throws VaultError `damaged` when it is not the header that was written for this name */
export const openHeader = (caseKey: CaseKey, { name }: ObjectName, header: Uint8Array): ObjectSecret => {
  const front = openPart(caseKey.id);
  if (header.length < headerBytes || !front.equals(header.subarray(0, front.length))) {
    throw new VaultError('damaged', `${name} does not begin as an object of its case`);
  }
  const bound = Buffer.concat([front, Buffer.from(name, 'hex')]);
  const secret = unseal(caseKey.wrapKey, header.subarray(front.length, headerBytes), bound, 'damaged');
  return {
    dataKey: secret.subarray(0, 32),
    sha256: secret.subarray(32, 64).toString('hex') as Sha256,
    size: Number(secret.readBigUInt64BE(64)),
  };
};

/** Bytes of the stored object for so many bytes of plaintext. */
export const storedSize = (plain: number): number => headerBytes + encryptedLength(plain);
/** `undefined` when no object has this length. */
export const plainSize = (stored: number): number | undefined => plainLength(stored - headerBytes);
/** Where a chunk of the message begins in the stored object. */
export const storedOffset = (chunk: number): number => headerBytes + chunkOffset(chunk);
