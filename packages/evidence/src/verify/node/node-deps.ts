import { createHash, type Hash } from 'node:crypto';
import { nodeHasher, nodeVerifier } from '@tutela/ledger/node';
import type { RunningDigest, VerifyDeps } from '../ports.js';

const running = (hash: Hash): RunningDigest => ({
  update: (bytes) => void hash.update(bytes),
  copy: () => running(hash.copy()),
  take: () => hash.digest(),
});

export const nodeDeps: VerifyDeps = {
  hasher: nodeHasher,
  verifier: nodeVerifier,
  startDigest: (algorithm) => running(createHash(algorithm)),
};
