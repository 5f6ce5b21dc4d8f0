export { openingSeal, unsealOpenings } from '../ledger-openings.js';
export type { Authorise, ShredAuthorisation } from './authorisation.js';
export { openPostgresCaseKeys, type PostgresCaseKeys } from './case-keys.js';
export { holdsOn, type LegalHold, placeHold, releaseHold } from './legal-hold.js';
export { vaultCoveredTables, vaultMigrations } from './migrations.js';
export { type LastScrub, lastScrub, type ScrubRun, type ScrubRunDeps, scrubAndRecord } from './scrub-runs.js';
export { sealOfCase } from './seal-of-case.js';
export {
  finishShreddings,
  type ShredDeps,
  type ShreddingCertificate,
  type ShredFault,
  type ShredRequest,
  shredCase,
} from './shred-case.js';
