/** What the tree and the commitments need. Synchronous, since a tree is a million small hashes. */
export interface Hasher {
  /** FIPS 180-4; 32 bytes. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** RFC 2104; 32 bytes. */
  readonly hmacSha256: (key: Uint8Array, bytes: Uint8Array) => Uint8Array;
}

/** Pure Ed25519 (RFC 8032 §5.1). Asynchronous, so that WebCrypto can do it. */
export interface SignatureVerifier {
  readonly verifyEd25519: (
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ) => Promise<'valid' | 'invalid'>;
}

/** Holder of an Ed25519 private key: a file, a token, a key service. */
export interface Signer {
  /** Key name of the note signature; for a log, its origin. */
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** @returns 64 bytes */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}
