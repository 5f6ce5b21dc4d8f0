export type { Candidate, HarvestedFrom, Provenance } from './candidate/candidate.js';
export { type HarvestedWord, type HarvestLimits, harvestWords } from './candidate/harvest.js';
export { checkMilliseconds } from './engine/check-cost.js';
export { type EmbeddedOptions, openEmbeddedEngine } from './engine/embedded/embedded-engine.js';
export { type HashcatEngine, type HashcatOptions, openHashcatEngine } from './engine/hashcat/hashcat-engine.js';
export type {
  EngineProgress,
  Hit,
  Job,
  JobEnd,
  JobLock,
  JobReport,
  RecoveryEngine,
} from './engine/recovery-engine.js';
export { sideBySide } from './engine/side-by-side.js';
export { type Sightings, worthBroadcasting } from './order/broadcast.js';
export { type Next, nextKind, type Prospect } from './order/next-kind.js';
export { type Kind, kindKey, kindOf, mostInVain, type OwnerGroup, type Words } from './order/owner-group.js';
export { type Standing, type StopRule, standingOf } from './order/stop-rule.js';
export {
  type Expectations,
  type Observed,
  openYieldTable,
  type WordsExpected,
  type YieldTable,
} from './order/yield-table.js';
