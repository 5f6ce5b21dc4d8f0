export { noteTexts } from './candidates/harvest.js';
export { importWordList, type WordListInput } from './candidates/import-list.js';
export type { CensusCounts } from './census/census-unit.js';
export { importKnownChecksums } from './census/known-checksums.js';
export { takeArchiveCensus } from './census/take-census.js';
export type { ArchiveDeps } from './deps.js';
export { type ItemReader, openItemReader } from './item-reader.js';
export { type OpeningInput, openArchives } from './opening/open-archives.js';
export { listCaseArchives, type RecoveryProgress, recoveryProgress, showArchive } from './progress.js';
export { type EngineChoice, engineChoiceOf, openRecoveryEngine } from './recovery/engines.js';
export { type RecoveryInput, type RecoveryWorker, runRecovery } from './recovery/run-recovery.js';
export { endRecovery, startRecovery } from './recovery/runs.js';
export { defaultRecoveryOptions, type RecoveryOptions } from './recovery/work.js';
export { archiveCoveredTables, checkArchiveUnits } from './units.js';
export {
  type ArchiveWorkDeps,
  archiveQueues,
  archiveWorkflows,
  startCensus,
  startOpening,
  startRecoveryLane,
} from './workflows.js';
