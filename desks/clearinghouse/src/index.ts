export {
  type MarkedAddresses,
  type RangeData,
  type RangeSource,
  readAddressMarks,
  readRangeData,
} from '@tutela/ranges';
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
export { readPolicy as readTriagePolicy, type TriagePolicy, type VersionedPolicy } from './triage/policy.js';
