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
export { defaultUnpackLimits, type UnpackLimits } from './unpack/limits.js';
export { type MemberTester, openMemberTester } from './unpack/member-tester.js';
export type { UnpackCode, Unpacked, UnpackOutcome } from './unpack/outcomes.js';
export { type OpenVolume, type Unpacking, unpackArchive } from './unpack/unpack-archive.js';
export type { MemberReceiver } from './unpack/unpack-process.js';
export { groupVolumes, type VolumeSet } from './volumes/group-volumes.js';
export { joinSources } from './volumes/join-sources.js';
