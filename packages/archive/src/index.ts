export { ArchiveError, type ArchiveErrorCode } from './archive-error.js';
export { type ArchiveSource, bytesSource, fileSource } from './bytes/archive-source.js';
export {
  type ArchiveFormat,
  archiveFormats,
  type Census,
  type CensusCode,
  type Member,
  type Modified,
  type NamesAsked,
  type Volume,
} from './census/census.js';
export { type CensusLimits, defaultCensusLimits } from './census/limits.js';
export type { Check, HashcatLine, Kdf, Lock, NoLine } from './census/lock.js';
export { detectArchive, type Found, takeCensus } from './census/take-census.js';
export { checkPassword } from './check/check-password.js';
export type { CheckVerdict } from './check/verdict.js';
