import type { Hasher } from '../crypto.js';

/** Merkle tree hashes of RFC 6962 §2.1 with SHA-256: 32 bytes. */
export type Hash = Uint8Array;

export const hashLength = 32;

const leafPrefix = 0x00;
const nodePrefix = 0x01;

export const leafHash = ({ sha256 }: Hasher, entry: Uint8Array): Hash => {
  const input = new Uint8Array(1 + entry.length);
  input[0] = leafPrefix;
  input.set(entry, 1);
  return sha256(input);
};

export const nodeHash = ({ sha256 }: Hasher, left: Hash, right: Hash): Hash => {
  const input = new Uint8Array(1 + left.length + right.length);
  input[0] = nodePrefix;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return sha256(input);
};

/** Root of the tree without leaves. */
export const emptyRoot = ({ sha256 }: Hasher): Hash => sha256(new Uint8Array(0));
