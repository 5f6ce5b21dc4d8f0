export { type CommitmentProof, type CommitmentTree, treeOfCommitments } from './commitment-tree.js';
export { type HeldList, type HeldVerdict, statementOf, verifyHeld } from './held-list.js';
export { createProofClient, type ProofClient, type ProofFault } from './proof-client.js';
export {
  commitEntry,
  commitTo,
  type EntryCommitment,
  type EntryOpening,
  type EntryStatement,
} from './statement.js';
export {
  type Comparison,
  compareVersions,
  type ListVersion,
  type ProvenVersion,
  type PublishedVersion,
  publishedEvent,
  type VersionFault,
  type VersionTrust,
  verifyVersion,
} from './version.js';
export {
  type EntryVouchers,
  organisationFault,
  type Vouched,
  type VouchedContent,
  type VoucherFault,
  type VouchingRule,
  verifyVouchers,
  vouchAction,
} from './vouchers.js';
