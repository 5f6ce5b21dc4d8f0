import { toHex } from '@tutela/core';
import {
  type Checkpoint,
  type CosignerKey,
  formatCosignerKey,
  formatPolicy,
  formatVerifierKey,
  type LogPolicy,
  type NoteKey,
  openCheckpoint,
  parsePolicy,
  quorumOf,
  verifyCosignatures,
} from '@tutela/ledger';
import { packagePaths } from '../format/index.js';
import type { FaultList } from './fault.js';
import type { VerifyDeps } from './ports.js';
import type { KeyStanding, PackageKey, PackageReport } from './report.js';
import type { Trust } from './trust.js';

export interface CheckpointFindings {
  readonly checkpoint?: Checkpoint;
  readonly cosignatures: number;
  readonly keys: readonly PackageKey[];
  readonly times: PackageReport['times'];
}

const nothingFound: CheckpointFindings = { cosignatures: 0, keys: [], times: [] };

interface LedgerTexts {
  readonly policy: Uint8Array | undefined;
  readonly note: Uint8Array | undefined;
}

/** The signed head against the policy, and both against what the checker trusts. */
export const checkCheckpoint = async (
  { hasher, verifier }: VerifyDeps,
  { policy: policyText, note }: LedgerTexts,
  trust: Trust,
  faults: FaultList,
): Promise<CheckpointFindings> => {
  if (policyText === undefined || note === undefined) return nothingFound;
  const policy = readPolicy(hasher, policyText, faults);
  const log = policy?.logs[0]?.key;
  if (policy === undefined || log === undefined) return nothingFound;
  const file = packagePaths.checkpoint;
  const opened = await openCheckpoint(verifier, [log], note);
  if (opened.kind !== 'done') {
    const { code, message } = opened.reason;
    faults.add(code.startsWith('malformed') ? 'malformed' : 'checkpoint-signature', { file }, message);
  }
  const cosigned = await verifyCosignatures(
    verifier,
    policy.witnesses.map(({ key }) => key),
    note,
  );
  const cosignatures = cosigned.kind === 'done' ? cosigned.value : [];
  if (cosigned.kind !== 'done' && cosigned.reason.code === 'bad-cosignature') {
    faults.add('cosignature', { file }, cosigned.reason.message);
  } else if (cosigned.kind === 'done' && quorumOf(policy, cosignatures) !== 'reached') {
    faults.add('quorum', { file }, `those that cosigned are not the quorum ${policy.quorum}`);
  }
  const keys = keysOf(hasher, policy, log, trust);
  if (keys[0]?.standing === 'unknown') {
    faults.add('trust', { file: packagePaths.policy }, `the key of the log ${log.name} is not one that you trust`);
  }
  const trusted = cosignatures.filter(({ key }) => trust.witnessKeys.some((each) => isSame(each, key)));
  const needed = trust.witnessQuorum ?? trust.witnessKeys.length;
  if (trusted.length < needed) {
    faults.add('trust', { file }, `${trusted.length} of the witnesses that you trust cosigned, of ${needed} needed`);
  }
  // The policy is nobody's word: what its witnesses say is not told to who knows others.
  const told = trust.witnessKeys.length === 0 ? cosignatures : trusted;
  return {
    ...(opened.kind === 'done' && { checkpoint: opened.value }),
    cosignatures: told.length,
    keys,
    times: told.map(({ key, time }) => ({ kind: 'witness', name: key.name, at: timeText(time) })),
  };
};

/** One text for each policy, so that nothing unsigned can be put between the lines. */
const readPolicy = (hasher: VerifyDeps['hasher'], text: Uint8Array, faults: FaultList): LogPolicy | undefined => {
  const file = packagePaths.policy;
  const policy = parsePolicy(hasher, text);
  if (policy.kind !== 'done') {
    faults.add('malformed', { file }, policy.reason.message);
    return undefined;
  }
  if (policy.value.logs.length !== 1) faults.add('malformed', { file }, 'it does not name one log');
  if (formatPolicy(hasher, policy.value) !== new TextDecoder().decode(text)) {
    faults.add('malformed', { file }, 'it is not written as it has to be');
  }
  return policy.value;
};

const keysOf = (hasher: VerifyDeps['hasher'], policy: LogPolicy, log: NoteKey, trust: Trust): readonly PackageKey[] => {
  const fingerprint = (key: NoteKey | CosignerKey): string => toHex(hasher.sha256(key.publicKey));
  const standing = (key: NoteKey | CosignerKey, known: readonly (NoteKey | CosignerKey)[]): KeyStanding => {
    if (known.length === 0) return 'not-compared';
    return known.some((each) => isSame(each, key)) ? 'matches' : 'unknown';
  };
  return [
    {
      kind: 'log',
      name: log.name,
      fingerprint: fingerprint(log),
      text: formatVerifierKey(log),
      standing: standing(log, trust.logKeys),
    },
    ...policy.witnesses.map(({ key }) => ({
      kind: 'witness' as const,
      name: key.name,
      fingerprint: fingerprint(key),
      text: formatCosignerKey(key),
      standing: standing(key, trust.witnessKeys),
    })),
  ];
};

const isSame = (one: NoteKey | CosignerKey, other: NoteKey | CosignerKey): boolean =>
  one.name === other.name && toHex(one.publicKey) === toHex(other.publicKey);

/** @param seconds since 1970; beyond what a calendar shows they are shown as they are */
const timeText = (seconds: bigint): string =>
  seconds < 253_402_300_800n ? new Date(Number(seconds) * 1000).toISOString() : `${seconds} s`;
