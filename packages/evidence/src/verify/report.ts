import { toHex } from '@tutela/core';
import type { Contents } from '../format/index.js';
import type { ApprovalFindings } from './approvals-check.js';
import type { CaseHistory } from './case-history.js';
import type { CheckpointFindings } from './checkpoint-check.js';
import { byKind, type Fault, type FaultList } from './fault.js';
import type { Inventory } from './inventory.js';
import type { TimeFindings } from './times-check.js';

/**
 * `verified`: whole, and every kind of key was compared with what the checker trusts. `consistent`: whole, but some kind of
 * key was not, since nothing was given to compare with. `faulty`: anything is at fault.
 */
export type PackageVerdict = 'verified' | 'consistent' | 'faulty';

/** `matches`: the checker trusts it. `not-compared`: nothing of its kind was given. */
export type KeyStanding = 'matches' | 'unknown' | 'not-compared';

/** A key of the package, to be compared with what was told by another way. */
export interface PackageKey {
  readonly kind: 'log' | 'witness' | 'time-root' | 'person';
  readonly name: string;
  /** SHA-256, hexadecimal: of the 32 bytes of an Ed25519 key, of the DER of a certificate or SubjectPublicKeyInfo. */
  readonly fingerprint: string;
  /** The key as a flag of the checker takes it, where there is such a text. */
  readonly text?: string;
  readonly standing: KeyStanding;
}

/** What was gone through. */
export interface Checked {
  readonly files: number;
  /** Decimal digits. */
  readonly bytes: string;
  readonly events: number;
  readonly openings: number;
  readonly withheld: number;
  readonly nodes: number;
  readonly cosignatures: number;
  readonly approvals: number;
}

export interface PackageReport {
  readonly v: 1;
  readonly verdict: PackageVerdict;
  readonly package?: string;
  readonly case?: string;
  readonly createdAt?: string;
  readonly checked: Checked;
  /** Head of the log that all proofs lead to; sizes as decimal digits, the root in hexadecimal. */
  readonly checkpoint?: { readonly origin: string; readonly size: string; readonly root: string };
  /** When authorities saw the head, and when witnesses did. */
  readonly times: readonly { readonly kind: 'authority' | 'witness'; readonly name: string; readonly at: string }[];
  readonly approvedBy: readonly string[];
  readonly keys: readonly PackageKey[];
  readonly faults: readonly Fault[];
  /** More than `faults` holds when there are too many. */
  readonly faultsTotal: number;
}

const nothingChecked: Checked = {
  files: 0,
  bytes: '0',
  events: 0,
  openings: 0,
  withheld: 0,
  nodes: 0,
  cosignatures: 0,
  approvals: 0,
};

/** When it is not even looked at. */
export const emptyReport = (faults: FaultList): PackageReport => ({
  v: 1,
  verdict: 'faulty',
  checked: nothingChecked,
  times: [],
  approvedBy: [],
  keys: [],
  ...faultsOf(faults),
});

interface Findings {
  readonly contents: Contents | undefined;
  readonly inventory: Inventory;
  readonly history: CaseHistory;
  readonly nodes: number;
  readonly head: CheckpointFindings;
  readonly times: TimeFindings;
  readonly approvals: ApprovalFindings;
}

export const reportOf = (findings: Findings, faults: FaultList): PackageReport => {
  const { contents, inventory, history, nodes, head, times, approvals } = findings;
  let bytes = 0n;
  for (const size of inventory.values()) bytes += size;
  const keys = [...head.keys, ...times.keys, ...approvals.keys];
  const { events, withheld } = history;
  const { checkpoint } = head;
  return {
    v: 1,
    verdict: faults.total() > 0 ? 'faulty' : allCompared(keys) ? 'verified' : 'consistent',
    ...(contents && { package: contents.package, case: contents.case, createdAt: contents.createdAt }),
    checked: {
      files: inventory.size,
      bytes: String(bytes),
      events,
      openings: events - withheld,
      withheld,
      nodes,
      cosignatures: head.cosignatures,
      approvals: approvals.approvals,
    },
    ...(checkpoint && {
      checkpoint: { origin: checkpoint.origin, size: String(checkpoint.size), root: toHex(checkpoint.root) },
    }),
    times: [...times.times, ...head.times],
    approvedBy: approvals.approvedBy,
    keys,
    ...faultsOf(faults),
  };
};

/** People's keys may be left out: that enough of them approved is in the log, and the log's key was compared. */
const allCompared = (keys: readonly PackageKey[]): boolean =>
  (['log', 'witness', 'time-root'] as const).every((kind) => {
    const own = keys.filter((key) => key.kind === kind);
    return own.length === 0 || own.some(({ standing }) => standing === 'matches');
  });

const faultsOf = (faults: FaultList): Pick<PackageReport, 'faults' | 'faultsTotal'> => ({
  faults: byKind(faults.kept()),
  faultsTotal: faults.total(),
});
