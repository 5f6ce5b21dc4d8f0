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
export { type HashListReading, type ReadOptions, readHashList } from './read-hash-list.js';
export type { ListSource } from './text-source.js';
export { writeCsv } from './write-csv.js';
