export { HashListError } from './hash-list-error.js';
export {
  type BadLine,
  type BadLineCode,
  type EntryFlag,
  type Hashes,
  type HashKind,
  hashKinds,
  type Labels,
  type ListEntry,
  type ListFormat,
  type ListItem,
  type ListSummary,
  type Page,
  type Withdrawal,
} from './list-item.js';
export * from './ncmec/documents.js';
export {
  createExchangeClient,
  type EntryWindow,
  type ExchangeClient,
  type ExchangeFault,
  type ExchangeOptions,
} from './ncmec/exchange-client.js';
export { exchangeTime } from './ncmec/exchange-time.js';
export { type Followed, followList, type Held } from './ncmec/follow.js';
export {
  formatCategorizations,
  formatMembers,
  formatReasons,
  formatStatus,
  formatSubmissionResult,
  parseFeedback,
} from './ncmec/other-documents.js';
export { formatQueryResult } from './ncmec/query-result.js';
export { type HashListReading, type ReadOptions, readHashList } from './read-hash-list.js';
export type { ListSource } from './text-source.js';
export { writeCsv } from './write-csv.js';
