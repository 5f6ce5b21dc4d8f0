import { done, refused } from '@tutela/core';
import type { Hasher, SignatureVerifier, Signer } from './crypto.js';
import { LedgerError } from './ledger-error.js';
import { fromBase64, toBase64 } from './note/base64.js';
import type { NoteKey } from './note/note-key.js';
import { type NoteFault, signNote, verifyNote } from './note/signed-note.js';
import { type Hash, hashLength } from './tree/hashing.js';
import { largestTree } from './tree/verify.js';
import type { Verdict } from './verdict.js';

/** Head of a log (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Identity of the log, such as `agency.example/evidence`. */
  readonly origin: string;
  /** Number of leaves. */
  readonly size: bigint;
  readonly root: Hash;
}

export type CheckpointFault = NoteFault | 'malformed-checkpoint' | 'other-origin';

/** Our logs write no extension lines: nobody can audit them. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string => {
  const text = `${origin}\n${size}\n${toBase64(root)}\n`;
  if (parseCheckpoint(text).kind !== 'done') throw new LedgerError('invalid', 'this head cannot be written down');
  return text;
};

/** Extension lines of other logs are accepted and passed over; they are under the signature all the same. */
export const parseCheckpoint = (text: string): Verdict<Checkpoint, 'malformed-checkpoint'> => {
  const lines = text.split('\n');
  const end = lines.pop();
  const [origin, sizeText, rootText, ...extensions] = lines;
  const malformed = (why: string) => refused('malformed-checkpoint', why);
  if (end !== '' || lines.some((line) => line === '')) return malformed('an empty line, or no newline at the end');
  if (origin === undefined || sizeText === undefined || rootText === undefined || extensions.length > 16) {
    return malformed('a checkpoint is origin, size and root, each on its line');
  }
  const size = parseTreeSize(sizeText);
  if (size === undefined) return malformed('the size is not a decimal number below 2^63');
  const root = fromBase64(rootText);
  if (root?.length !== hashLength) return malformed('the root is not 32 bytes');
  return done({ origin, size, root });
};

/** The number of leaves of a tree as every C2SP text writes it: decimal, below 2^63. */
export const parseTreeSize = (text: string): bigint | undefined => {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) return undefined;
  const size = BigInt(text);
  return size > largestTree ? undefined : size;
};

/** The signer's name is the origin, as tlog-checkpoint asks. */
export const signCheckpoint = (hasher: Hasher, signer: Signer, head: Omit<Checkpoint, 'origin'>): Promise<string> =>
  signNote(hasher, formatCheckpoint({ origin: signer.name, ...head }), [signer]);

/** Believes a checkpoint only when a key of `keys` that is named like its origin signed it. */
export const openCheckpoint = async (
  verifier: SignatureVerifier,
  keys: readonly NoteKey[],
  note: string | Uint8Array,
): Promise<Verdict<Checkpoint, CheckpointFault>> => {
  const verified = await verifyNote(verifier, keys, note);
  if (verified.kind !== 'done') return verified;
  const checkpoint = parseCheckpoint(verified.value.text);
  if (checkpoint.kind !== 'done') return checkpoint;
  const { origin } = checkpoint.value;
  if (!verified.value.signedBy.some(({ name }) => name === origin)) {
    return refused('other-origin', `no key of ${JSON.stringify(origin)} signed this checkpoint`);
  }
  return checkpoint;
};
