import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { Hasher, SignatureVerifier, Signer } from './crypto.js';
import { LedgerError } from './ledger-error.js';

// Exported as @tutela/ledger/node and never by the index: a browser brings its own Hasher and SignatureVerifier.

export const nodeHasher: Hasher = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  hmacSha256: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};

/** RFC 8410 §4: what stands before the 32 bytes of an Ed25519 public key in a SubjectPublicKeyInfo. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export const nodeVerifier: SignatureVerifier = {
  verifyEd25519: async (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return 'invalid';
    const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature) ? 'valid' : 'invalid';
  },
};

/**
 * @param privateKeyPem an Ed25519 private key, PKCS #8 in PEM
 * @throws LedgerError `invalid` when the text is no such key
 */
export const signerFromPem = (name: string, privateKeyPem: string): Signer => {
  const privateKey = readPrivateKey(privateKeyPem);
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    name,
    publicKey: new Uint8Array(spki.subarray(spkiPrefix.length)),
    sign: async (message) => sign(null, message, privateKey),
  };
};

const readPrivateKey = (pem: string): KeyObject => {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new LedgerError('invalid', 'the signing key is not a private key in PEM', { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new LedgerError('invalid', 'the signing key is not Ed25519');
  return key;
};

/** A new Ed25519 private key, PKCS #8 in PEM, for `signerFromPem`. */
export const newSigningKeyPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;

/** A source of random bytes that asks the system for `count` times `length` of them at once: much cheaper than singly. */
export const randomPieces = (count: number, length: number): (() => Uint8Array) => {
  const bytes = randomBytes(count * length);
  let at = 0;
  return () => {
    if (at === bytes.length) throw new LedgerError('invalid', `only ${count} pieces were asked for`);
    at += length;
    return bytes.subarray(at - length, at);
  };
};
