import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { VaultError, type VaultErrorCode } from '../vault-error.js';

const nonceBytes = 12;
const tagBytes = 16;
/** Bytes that `seal` adds. */
export const sealOverhead = nonceBytes + tagBytes;

/**
 * AES-256-GCM under a random nonce: nonce, ciphertext, tag. For short secrets; one key may seal 2^32 of them
 * (NIST SP 800-38D §8.3).
 * @param bound authenticated with it, and needed to open it
 */
export const seal = (key: Uint8Array, plain: Uint8Array, bound: Uint8Array): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** @throws VaultError `code` for anything that was not sealed with this key and bound to this */
export const unseal = (key: Uint8Array, sealed: Uint8Array, bound: Uint8Array, code: VaultErrorCode): Buffer => {
  if (sealed.length < sealOverhead) throw new VaultError(code, 'what was sealed is cut');
  const end = sealed.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(bound).setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(nonceBytes, end));
  try {
    decipher.final();
  } catch (cause) {
    throw new VaultError(code, 'this was not sealed with this key', { cause });
  }
  return plain;
};
