export { type RangeData, type RangeSource, readRangeData } from '@tutela/ranges';
export { ClearinghouseError } from './clearinghouse-error.js';
export type { Issued } from './credentials.js';
export {
  type ClearinghouseDeps,
  type ClearinghouseDesk,
  clearinghouseCoveredTables,
  clearinghouseMigrations,
  documentationRanges,
  openClearinghouseDesk,
} from './desk.js';
