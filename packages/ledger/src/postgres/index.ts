export { appendEvent, appendEvents, type NewEvent } from './append-event.js';
export { type CaseEvent, type CaseHistory, type CaseHistoryRequest, readCaseHistory } from './case-history.js';
export { type CheckOptions, checkLedger } from './check/check-ledger.js';
export type { CoveredTable } from './check/domain-rows.js';
export type { Finding, LedgerReport } from './check/report.js';
export type { Effect, GoneEffect, RowKey, VouchedEffect, WrittenEffect } from './effect.js';
export type { EventId } from './event-id.js';
export { type EventPlace, findPlace, headOver } from './find-place.js';
export { ledgerMigrations } from './migrations.js';
export { type EventProof, proveEvent } from './prove-event.js';
export { readTile } from './read-tile.js';
export { type RederiveFault, rederive } from './rederive.js';
export { caseShredded, type OpeningSeal, type Unseal } from './sealed-opening.js';
export { type SealOf, sealingDatabase } from './sealing-database.js';
export { type SequenceDeps, type Sequenced, sequence } from './sequence.js';
export { type Sequencer, type SequencerDeps, startSequencer } from './sequencer.js';
export type { StoredHead } from './stored-tree.js';
export type { LedgerTables } from './tables.js';
export {
  type StampDeps,
  type StampResult,
  type StampTurnDeps,
  stampDue,
  stampNow,
  type TimeAuthority,
} from './time/stamp.js';
export {
  type AuthorityState,
  readAuthorityStates,
  readTimestamps,
  type StoredTimestamp,
} from './time/stored-timestamps.js';
export { getCosignedCheckpoint } from './witness/ask-witness.js';
export {
  cosignedCheckpoint,
  type ForkAlarm,
  newestWitnessed,
  readWitnessStates,
  type WitnessState,
} from './witness/cosigned-heads.js';
export { ledgerCoveredTables } from './witness/fork-alarm.js';
export { type Contact, startWitnessing, type Witnessing, type WitnessingDeps } from './witness/keep-witnessed.js';
export { type SubmitCode, submitHead, type WitnessAddress } from './witness/submit-head.js';
