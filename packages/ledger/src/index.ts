export {
  type Checkpoint,
  type CheckpointFault,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  parseTreeSize,
  signCheckpoint,
} from './checkpoint.js';
export { checkOpening, commit, type Opening } from './commitment.js';
export type { Hasher, SignatureVerifier, Signer } from './crypto.js';
export {
  type CaseLink,
  checkEntry,
  decodeEntry,
  type Entry,
  type EntryDraft,
  encodeEntry,
  largestEntry,
} from './entry.js';
export { LedgerError, type LedgerErrorCode } from './ledger-error.js';
export { formatVerifierKey, type NoteKey, noteKey, parseVerifierKey } from './note/note-key.js';
export {
  formatSignature,
  type NoteFault,
  type NoteSignature,
  parseNote,
  signNote,
  type UnverifiedNote,
  type VerifiedNote,
  verifyNote,
} from './note/signed-note.js';
export { decodeBundle, encodeBundle } from './tiles/entry-bundle.js';
export { decodeTile, encodeTile } from './tiles/tile.js';
export {
  type BundlePlace,
  bundleOf,
  formatTilePath,
  parseTilePath,
  type TilePlace,
  tileOf,
  tileWidth,
} from './tiles/tile-place.js';
export { type TileSource, tiledTree } from './tiles/tiled-tree.js';
export {
  formatTlogProof,
  type ProofTrust,
  type ProvenInclusion,
  parseTlogProof,
  type TlogProof,
  verifyTlogProof,
  verifyWitnessedProof,
  type WitnessedInclusion,
  type WitnessedTrust,
} from './tlog-proof.js';
export { completingNodes, type NodePlace } from './tree/completing-nodes.js';
export { append, emptyFrontier, type Frontier, rootOf, type TreeNode } from './tree/frontier.js';
export { emptyRoot, type Hash, leafHash, nodeHash } from './tree/hashing.js';
export { consistencyProof, frontierAt, inclusionProof, type TreeReader } from './tree/proof.js';
export {
  type ConsistencyClaim,
  type InclusionClaim,
  type ProofFault,
  verifyConsistency,
  verifyInclusion,
} from './tree/verify.js';
export type { Verdict } from './verdict.js';
export {
  type AddCheckpoint,
  formatAddCheckpoint,
  largestAddCheckpoint,
  parseAddCheckpoint,
  sizeMediaType,
} from './witness/add-checkpoint.js';
export { type Cosignature, type CosignatureFault, cosign, verifyCosignatures } from './witness/cosignature.js';
export { type CosignerKey, cosignerKey, formatCosignerKey, parseCosignerKey } from './witness/cosigner-key.js';
export {
  type LogPolicy,
  openWitnessed,
  type PolicyFault,
  type PolicyGroup,
  type PolicyLog,
  type PolicyWitness,
  quorumOf,
  type WitnessedCheckpoint,
} from './witness/policy.js';
export { formatPolicy, parsePolicy } from './witness/policy-text.js';
