import { ed25519 } from '@noble/curves/ed25519.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { Hasher, SignatureVerifier } from '@tutela/ledger';
import type { RunningDigest, VerifyDeps } from '../ports.js';

/** WebCrypto takes digests of whole values only, and a file may be larger than memory. */
const hasher: Hasher = { sha256: (bytes) => sha256(bytes), hmacSha256: (key, bytes) => hmac(sha256, key, bytes) };

interface NobleDigest {
  readonly update: (bytes: Uint8Array) => unknown;
  readonly clone: () => NobleDigest;
  readonly digest: () => Uint8Array;
}

const running = (digest: NobleDigest): RunningDigest => ({
  update: (bytes) => void digest.update(bytes),
  copy: () => running(digest.clone()),
  take: () => digest.digest(),
});

/** WebCrypto's Ed25519, and our own copy where a browser has none. */
const verifier: SignatureVerifier = {
  verifyEd25519: async (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return 'invalid';
    const name = { name: 'Ed25519' };
    try {
      const key = await crypto.subtle.importKey('raw', Uint8Array.from(publicKey), name, false, ['verify']);
      const good = await crypto.subtle.verify(name, key, Uint8Array.from(signature), Uint8Array.from(message));
      return good ? 'valid' : 'invalid';
    } catch (error) {
      if ((error as Error).name !== 'NotSupportedError') return 'invalid';
    }
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false }) ? 'valid' : 'invalid';
    } catch {
      return 'invalid';
    }
  },
};

export const browserDeps: VerifyDeps = {
  hasher,
  verifier,
  startDigest: (algorithm) => running(algorithm === 'sha256' ? sha256.create() : sha512.create()),
};
