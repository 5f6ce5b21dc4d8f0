export {
  buildDigestTable,
  buildDigestTableFrom,
  type DigestSource,
  type DigestTable,
  type DigestWidth,
} from './digest-table.js';
export { buildHammingIndex, type HammingIndex, type SearchOptions } from './hamming-index.js';
export { HashIndexError } from './hash-index-error.js';
export type { HammingHit } from './hits.js';
export { type LoadedIndex, loadIndex, saveIndex } from './index-file.js';
export type { HashColumns } from './rows.js';
export { openSearchPool, type SearchPool } from './search-pool.js';
