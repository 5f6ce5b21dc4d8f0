export {
  type MarkedAddresses,
  type RangeData,
  type RangeSource,
  readAddressMarks,
  readRangeData,
} from '@tutela/ranges';
export { countriesWithoutAuthority } from './authority-registry/demo-authorities.js';
export type { Authority } from './authority-registry/queries.js';
export { type Backlog, type CensusRow, largePictureBundles, readBacklog } from './census/queries.js';
export { takeCensus } from './census/take-census.js';
export { ClearinghouseError } from './clearinghouse-error.js';
export type { Issued } from './credentials.js';
export {
  type ClearinghouseDeps,
  type ClearinghouseDesk,
  clearinghouseCoveredTables,
  clearinghouseMigrations,
  demonstrationAuthorities,
  documentationRanges,
  openClearinghouseDesk,
} from './desk.js';
export type { NewEntry } from './list/curate/new-entry.js';
export type { ListDesk } from './list/list-desk.js';
export type { EntryId, ListId, MemberId } from './list/schema.js';
export type { MailSettings } from './referral/mail.js';
export { readPolicy as readTriagePolicy, type TriagePolicy, type VersionedPolicy } from './triage/policy.js';
