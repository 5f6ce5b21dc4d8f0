import { done, refused } from '@tutela/core';
import { type Checkpoint, type CheckpointFault, openCheckpoint } from './checkpoint.js';
import type { Hasher, SignatureVerifier } from './crypto.js';
import { fromBase64, toBase64 } from './note/base64.js';
import type { NoteKey } from './note/note-key.js';
import { largestNote } from './note/signed-note.js';
import { type Hash, hashLength, leafHash } from './tree/hashing.js';
import { type ProofFault, verifyInclusion } from './tree/verify.js';
import type { Verdict } from './verdict.js';
import type { Cosignature } from './witness/cosignature.js';
import { type LogPolicy, openWitnessed, type PolicyFault } from './witness/policy.js';

/** Self-contained proof that an entry is in a log (C2SP tlog-proof): file extension `.tlog-proof`. */
export interface TlogProof {
  readonly index: bigint;
  /** From the leaf's sibling up. */
  readonly hashes: readonly Hash[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
  /** Unauthenticated data for the application. */
  readonly extra?: Uint8Array;
}

const header = 'c2sp.org/tlog-proof@v1';
const largestProof = largestNote + 64 * 1024;

export const formatTlogProof = ({ index, hashes, checkpoint, extra }: TlogProof): string => {
  const extraLine = extra === undefined ? [] : [`extra ${toBase64(extra)}`];
  return `${[header, ...extraLine, `index ${index}`, ...hashes.map(toBase64)].join('\n')}\n\n${checkpoint}`;
};

export const parseTlogProof = (text: string): Verdict<TlogProof, 'malformed-proof'> => {
  const malformed = (why: string) => refused('malformed-proof', why);
  if (text.length > largestProof) return malformed(`longer than ${largestProof} bytes`);
  const blank = text.indexOf('\n\n');
  if (blank < 0) return malformed('no blank line before the checkpoint');
  const [first, ...lines] = text.slice(0, blank).split('\n');
  if (first !== header) return malformed(`the first line is not ${header}`);
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
  const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length));
  if (extraLine !== undefined && extra === undefined) return malformed('the extra data is not Base64');
  const [, indexText] = /^index (0|[1-9][0-9]{0,18})$/.exec(lines.shift() ?? '') ?? [];
  if (indexText === undefined || lines.length > 63) return malformed('no index, or more than 63 hashes');
  const hashes = lines.map((line) => fromBase64(line));
  if (!hashes.every((hash) => hash?.length === hashLength)) return malformed('a hash is not 32 bytes of Base64');
  const checkpoint = text.slice(blank + 2);
  return done({
    index: BigInt(indexText),
    hashes: hashes as Hash[],
    checkpoint,
    ...(extra && { extra }),
  });
};

export interface ProvenInclusion {
  readonly index: bigint;
  readonly checkpoint: Checkpoint;
}

export interface ProofTrust {
  readonly hasher: Hasher;
  readonly verifier: SignatureVerifier;
  /** Keys of the logs that are believed; each key's name is the origin it may speak for. */
  readonly keys: readonly NoteKey[];
}

/** Believes the log alone. @param entry the leaf's bytes */
export const verifyTlogProof = async (
  { hasher, verifier, keys }: ProofTrust,
  text: string,
  entry: Uint8Array,
): Promise<Verdict<ProvenInclusion, 'malformed-proof' | CheckpointFault | ProofFault>> => {
  const parsed = parseTlogProof(text);
  if (parsed.kind !== 'done') return parsed;
  const opened = await openCheckpoint(verifier, keys, parsed.value.checkpoint);
  return opened.kind === 'done' ? verifyIn(hasher, opened.value, parsed.value, entry) : opened;
};

export interface WitnessedTrust {
  readonly hasher: Hasher;
  readonly verifier: SignatureVerifier;
  readonly policy: LogPolicy;
}

export interface WitnessedInclusion extends ProvenInclusion {
  /** Of witnesses that the policy names; each bounds from above when the entry was in the log. */
  readonly cosignatures: readonly Cosignature[];
}

/** Believes a log of the policy, and only with the policy's quorum of witnesses. @param entry the leaf's bytes */
export const verifyWitnessedProof = async (
  { hasher, verifier, policy }: WitnessedTrust,
  text: string,
  entry: Uint8Array,
): Promise<Verdict<WitnessedInclusion, 'malformed-proof' | PolicyFault | ProofFault>> => {
  const parsed = parseTlogProof(text);
  if (parsed.kind !== 'done') return parsed;
  const opened = await openWitnessed(verifier, policy, parsed.value.checkpoint);
  if (opened.kind !== 'done') return opened;
  const { checkpoint, cosignatures } = opened.value;
  const included = verifyIn(hasher, checkpoint, parsed.value, entry);
  return included.kind === 'done' ? done({ ...included.value, cosignatures }) : included;
};

const verifyIn = (
  hasher: Hasher,
  checkpoint: Checkpoint,
  { index, hashes }: TlogProof,
  entry: Uint8Array,
): Verdict<ProvenInclusion, ProofFault> => {
  const { size, root } = checkpoint;
  const verdict = verifyInclusion(hasher, { index, size, leaf: leafHash(hasher, entry), root, proof: hashes });
  return verdict.kind === 'done' ? done({ index, checkpoint }) : verdict;
};
