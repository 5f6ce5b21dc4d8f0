import { type Clock, type Refused, refused } from '@tutela/core';
import {
  type AddCheckpoint,
  type Checkpoint,
  cosign,
  formatSignature,
  type NoteKey,
  openCheckpoint,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  type Signer,
  type UnverifiedNote,
} from '@tutela/ledger';
import { nodeHasher, nodeVerifier } from '@tutela/ledger/node';
import { continues } from './consistency.js';
import type { HeadStore } from './head-store.js';

export interface WitnessDeps {
  /** The witness's own key; no other witness may have it. */
  readonly signer: Signer;
  /** The logs that are watched: each key's name is the origin it may speak for. */
  readonly logs: () => Promise<readonly NoteKey[]>;
  readonly heads: HeadStore;
  readonly clock: Clock;
}

export type WitnessFault =
  | 'malformed-request'
  | 'unknown-log'
  /** No trusted key of the log signed the checkpoint, or a signature of one does not hold. */
  | 'unsigned'
  /** The checkpoint does not continue what was cosigned: a wrong proof, or another history. */
  | 'inconsistent';

export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly checkpoint: Checkpoint; readonly line: string }
  /** The request starts from another size than the newest cosigned one. */
  | { readonly kind: 'elsewhere'; readonly size: bigint }
  | Refused<WitnessFault>;

export interface Witness {
  /** @param body of an `add-checkpoint` request @throws WitnessError `spoilt` */
  readonly addCheckpoint: (body: Uint8Array) => Promise<WitnessAnswer>;
}

/** Cosigns a checkpoint when it continues the last one it cosigned, and keeps it before the answer is given. */
export const createWitness = (deps: WitnessDeps): Witness => ({
  addCheckpoint: async (body) => {
    const request = parseAddCheckpoint(body);
    if (request.kind !== 'done') return request;
    const submitted = await openSubmitted(deps, request.value);
    if (submitted.kind === 'refused') return submitted;
    // Whoever is overtaken by another request looks again at what is newest now.
    for (;;) {
      const answer = await considerOnce(deps, request.value, submitted);
      if (answer !== 'overtaken') return answer;
    }
  },
});

interface Submitted {
  readonly kind: 'submitted';
  readonly note: UnverifiedNote;
  readonly keys: readonly NoteKey[];
  readonly checkpoint: Checkpoint;
}

const openSubmitted = async (
  { logs }: WitnessDeps,
  { oldSize, checkpoint: text }: AddCheckpoint,
): Promise<Submitted | Refused<WitnessFault>> => {
  const note = parseNote(text);
  if (note.kind !== 'done') return refused('malformed-request', note.reason.message);
  const claimed = parseCheckpoint(note.value.text);
  if (claimed.kind !== 'done') return refused('malformed-request', claimed.reason.message);
  const { origin, size } = claimed.value;
  const keys = (await logs()).filter(({ name }) => name === origin);
  if (keys.length === 0) return refused('unknown-log', `${JSON.stringify(origin)} is no log that is watched here`);
  const opened = await openCheckpoint(nodeVerifier, keys, text);
  if (opened.kind !== 'done') return refused('unsigned', opened.reason.message);
  if (oldSize > size) return refused('malformed-request', 'the old size is beyond the checkpoint');
  return { kind: 'submitted', note: note.value, keys, checkpoint: opened.value };
};

const considerOnce = async (
  { signer, heads, clock }: WitnessDeps,
  request: AddCheckpoint,
  { note, keys, checkpoint }: Submitted,
): Promise<WitnessAnswer | 'overtaken'> => {
  const { origin } = checkpoint;
  const before = await heads.newest(origin);
  const size = before?.checkpoint.size ?? 0n;
  if (request.oldSize !== size) return { kind: 'elsewhere', size };
  const verdict = continues(before?.checkpoint, checkpoint, request);
  if (verdict.kind !== 'done') {
    if (before !== undefined) await heads.keepRefused(origin, request.checkpoint);
    return verdict;
  }
  const seconds = BigInt(Math.floor(Date.parse(clock.now()) / 1000));
  const line = await cosign(nodeHasher, signer, note.text, seconds);
  const kept = await heads.follow(origin, before, `${note.text}\n${ownSignatures(note, keys)}${line}`);
  return kept === 'kept' ? { kind: 'cosigned', checkpoint, line } : 'overtaken';
};

/** The signatures that were verified; others are not ours to pass on. */
const ownSignatures = ({ signatures }: UnverifiedNote, keys: readonly NoteKey[]): string =>
  keys
    .flatMap((key) => signatures.find(({ name, id }) => name === key.name && Buffer.from(id).equals(key.id)) ?? [])
    .map(formatSignature)
    .join('');
