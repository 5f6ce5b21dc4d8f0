import { done, refused } from '@tutela/core';
import { sameBytes } from '../bytes.js';
import { type Checkpoint, type CheckpointFault, openCheckpoint } from '../checkpoint.js';
import type { SignatureVerifier } from '../crypto.js';
import type { NoteKey } from '../note/note-key.js';
import type { Verdict } from '../verdict.js';
import { type Cosignature, type CosignatureFault, verifyCosignatures } from './cosignature.js';
import type { CosignerKey } from './cosigner-key.js';

/** Which checkpoints are believed (C2SP tlog-policy): whose they are and who must have seen them. */
export interface LogPolicy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** Each after those that it names. */
  readonly groups: readonly PolicyGroup[];
  /** Name of the witness or the group that must have cosigned; `none` when nobody need to. */
  readonly quorum: string;
}

export interface PolicyLog {
  /** Its name is the origin of the log. */
  readonly key: NoteKey;
  readonly url?: string;
}

export interface PolicyWitness {
  /** Means something in this policy alone. */
  readonly name: string;
  readonly key: CosignerKey;
  /** Where to submit checkpoints (C2SP tlog-witness, submission prefix). */
  readonly url?: string;
}

/** Has seen what at least so many of its members have seen. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  /** Witnesses and groups; each is a member of one group at most. */
  readonly members: readonly string[];
}

export interface WitnessedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Of witnesses that the policy names. */
  readonly cosignatures: readonly Cosignature[];
}

export type PolicyFault = CheckpointFault | CosignatureFault | 'no-quorum';

/** Whether these are enough. */
export const quorumOf = (policy: LogPolicy, cosignatures: readonly Cosignature[]): 'reached' | 'not-reached' => {
  if (policy.quorum === 'none') return 'reached';
  const saw = new Set(
    policy.witnesses.filter(({ key }) => cosignatures.some((each) => isSame(each.key, key))).map(({ name }) => name),
  );
  // A group stands after its members, so one pass is enough.
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => saw.has(member)).length >= threshold) saw.add(name);
  }
  return saw.has(policy.quorum) ? 'reached' : 'not-reached';
};

const isSame = (one: CosignerKey, other: CosignerKey): boolean =>
  one.name === other.name && sameBytes(one.publicKey, other.publicKey) === 'same';

/** Believes a checkpoint when a log of the policy signed it and its quorum of witnesses has seen it. */
export const openWitnessed = async (
  verifier: SignatureVerifier,
  policy: LogPolicy,
  note: string | Uint8Array,
): Promise<Verdict<WitnessedCheckpoint, PolicyFault>> => {
  const logs = policy.logs.map(({ key }) => key);
  const opened = await openCheckpoint(verifier, logs, note);
  if (opened.kind !== 'done') return opened;
  const witnesses = policy.witnesses.map(({ key }) => key);
  const cosigned = await verifyCosignatures(verifier, witnesses, note);
  if (cosigned.kind !== 'done') return cosigned;
  return quorumOf(policy, cosigned.value) === 'reached'
    ? done({ checkpoint: opened.value, cosignatures: cosigned.value })
    : refused('no-quorum', `the witnesses that cosigned are not the quorum ${JSON.stringify(policy.quorum)}`);
};
