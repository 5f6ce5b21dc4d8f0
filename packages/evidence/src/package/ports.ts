import type { Outcome, UtcInstant } from '@tutela/core';
import type { TreeNode } from '@tutela/ledger';
import type { Approval } from '@tutela/policy/approval';
import type { EventLine, ExportRequest, PackagePeople } from '../format/index.js';

/** A request that was approved as the rules ask, with what shows it. */
export interface ApprovedExport {
  readonly request: ExportRequest;
  readonly approvals: readonly Approval[];
  /** The approvers alone. */
  readonly people: PackagePeople;
}

/** What the ledger was told of a package. */
export interface ExportFacts {
  readonly digest: string;
  readonly request: ExportRequest;
  /** SHA-256 of contents.json's canonical text. */
  readonly contents: string;
  readonly createdAt: UtcInstant;
  /** Who has the package made: a person, or a program in their stead. */
  readonly by: string;
}

export interface ExportRecord {
  readonly caseRef: string;
  readonly contents: string;
  readonly createdAt: UtcInstant;
}

/** Something that a package should have and that was not to be had in time. */
export interface MissingProof {
  readonly what: 'witness-quorum' | 'time-stamp';
  readonly why: string;
}

export interface PackageTimestamp {
  /** 1 to 64 of `a-z 0-9 . -`, beginning with a letter or digit. */
  readonly authority: string;
  /** RFC 3161 TimeStampResp, DER. */
  readonly reply: Uint8Array;
  /** PEM. */
  readonly roots: string;
}

/** `data/ledger/`: the history of the case through the export, proven in one tree. */
export interface LedgerPart {
  /** C2SP tlog-policy. */
  readonly policy: string;
  /** With its cosignatures. */
  readonly checkpoint: string;
  readonly size: bigint;
  readonly caseSeq: number;
  readonly events: () => AsyncIterable<EventLine>;
  readonly nodes: () => AsyncIterable<TreeNode>;
  readonly timestamps: readonly PackageTimestamp[];
  readonly missing: readonly MissingProof[];
}

/**
 * Why there is no package. `in-progress`: another process writes it. `not-covered-yet`: no checkpoint in time; the export
 * is on record, and the next try goes on from there.
 */
export type LedgerFault = 'unknown-request' | 'not-approved' | 'in-progress' | 'name-taken' | 'not-covered-yet';

/** What writing a package needs of the ledger and of those who approve; `postgresPackageLedger` is it. */
export interface PackageLedger {
  /** Runs `write` while nobody else writes the package of this request. */
  readonly exclusively: <T, Code extends string>(
    request: string,
    write: () => Promise<Outcome<T, Code>>,
  ) => Promise<Outcome<T, Code | LedgerFault>>;
  /** The request and its approvals, verified now unless they were used for this package already. */
  readonly approved: (request: string) => Promise<Outcome<ApprovedExport, LedgerFault>>;
  readonly findExport: (request: string) => Promise<ExportRecord | undefined>;
  /** Uses the approval and appends `package.exported`, both or neither. */
  readonly recordExport: (facts: ExportFacts) => Promise<Outcome<undefined, LedgerFault>>;
  /** Waits for a checkpoint over the export, for the witnesses and for the authorities of time, each as long as it may. */
  readonly prove: (request: string) => Promise<Outcome<LedgerPart, LedgerFault>>;
}
