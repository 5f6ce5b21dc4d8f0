import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@tutela/core';
import {
  append,
  type ConsistencyClaim,
  consistencyProof,
  emptyFrontier,
  formatAddCheckpoint,
  leafHash,
  type NoteKey,
  noteKey,
  rootOf,
  type Signer,
  signCheckpoint,
} from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { openHeadStore } from './head-store.js';
import { createWitness, type WitnessDeps } from './witness.js';

/** A log of entries kept in memory; two with one signer and other entries are a fork. */
export interface TestLog {
  readonly signer: Signer;
  readonly key: NoteKey;
  readonly rootAt: (size: number) => ConsistencyClaim['firstRoot'];
  readonly head: (size: number) => Promise<string>;
  readonly proof: (from: number, to: number) => Promise<readonly Uint8Array[]>;
  /** Body of an `add-checkpoint` request. */
  readonly request: (from: number, to: number) => Promise<Buffer>;
}

export const newSigner = (name: string): Signer => signerFromPem(name, newSigningKeyPem());

/** @param forkAt from this leaf on its entries are those of another history */
export const growLog = (signer: Signer, size: number, forkAt = size): TestLog => {
  const leaves = Array.from({ length: size }, (_, at) =>
    leafHash(nodeHasher, Buffer.from(`${at < forkAt ? 'entry' : 'other entry'} ${at}`)),
  );
  const rootOfLeaves = (from: number, to: number) =>
    rootOf(
      nodeHasher,
      leaves.slice(from, to).reduce((frontier, leaf) => append(nodeHasher, frontier, leaf), emptyFrontier),
    );
  const readNode = async (level: number, index: bigint) => {
    const span = 2 ** level;
    return rootOfLeaves(Number(index) * span, (Number(index) + 1) * span);
  };
  const head = (to: number) => signCheckpoint(nodeHasher, signer, { size: BigInt(to), root: rootOfLeaves(0, to) });
  const proof = async (from: number, to: number) =>
    from === 0 || from >= to ? [] : consistencyProof({ hasher: nodeHasher, readNode }, BigInt(from), BigInt(to));
  return {
    signer,
    key: noteKey(nodeHasher, signer.name, signer.publicKey),
    rootAt: (at) => rootOfLeaves(0, at),
    head,
    proof,
    request: async (from, to) =>
      Buffer.from(
        formatAddCheckpoint({ oldSize: BigInt(from), proof: await proof(from, to), checkpoint: await head(to) }),
      ),
  };
};

export const openTestWitness = async (logs: readonly NoteKey[], more: Partial<WitnessDeps> = {}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela-witness-'));
  const deps: WitnessDeps = {
    signer: newSigner('witness.example/w1'),
    logs: async () => logs,
    heads: openHeadStore(folder),
    clock: systemClock,
    ...more,
  };
  return { folder, deps, witness: createWitness(deps) };
};
