export type { FingerprintDeps } from './deps.js';
export type { OutcomeCount } from './queries/pictures.js';
export type { FingerprintRun } from './queries/runs.js';
export {
  checkFingerprints,
  type FingerprintFault,
  type FingerprintStatus,
  readFingerprints,
  startFingerprints,
} from './runs.js';
export { fingerprintCoveredTables, type PictureOutcome, pictureOutcomes } from './schema.js';
export { fingerprintQueues, fingerprintWorkflows } from './workflows.js';
