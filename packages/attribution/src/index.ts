export { type Answer, answerQuestion, type Question } from './answer/answer.js';
export { type AttributionPlan, evaluate } from './answer/evaluate.js';
export { type Intersection, intersect } from './answer/intersect.js';
export { type Mistake, mistakes, type Sensitivity } from './answer/mistakes.js';
export { admitToOrder, type DisclosureOrder } from './answer/order.js';
export type { AnswerOutcome, Distance, Evaluation } from './answer/outcome.js';
export { type ReleasedAnswer, release } from './answer/release.js';
export { exportParquet, importParquet } from './archive/parquet.js';
export { type ArchiveStatistics, archiveStatistics } from './archive/statistics.js';
export type { Assigned, AssignedHolder, AssignedRanges, Assignment, AssignmentReason } from './assign/assigned.js';
export type { BindingRow, BindingTableRule } from './assign/binding-table.js';
export { dsLiteDefaultMask, embeddedIpv4, embedIpv4, subscriberPrefix } from './assign/ipv6-holder.js';
export type { JunosDeterministicRule } from './assign/junos-deterministic.js';
export { type MapRule, mapCeAddress } from './assign/map.js';
export { readRouterOsExport } from './assign/routeros-export.js';
export {
  type AssignmentRule,
  makeRuleSet,
  type RuleSet,
  type RuleVersion,
  rulesDuring,
  sameHolder,
  type TestVector,
  type VerifiedRule,
  verifyRule,
} from './assign/rule-set.js';
export type { SequentialRule } from './assign/sequential.js';
export type { StaticPortRow, StaticPortsRule } from './assign/static-ports.js';
export { AttributionError } from './attribution-error.js';
export {
  type Coverage,
  type CoverageFacts,
  type CoverageOfLog,
  type Gap,
  openCoverage,
  type Span,
} from './coverage/coverage.js';
export { type HourCoverage, hourlyCoverage } from './coverage/hourly-coverage.js';
export type { Findings, Found, HolderSource, Link, SourceKey } from './look-up/holder-source.js';
export type { ChainStep } from './look-up/resolve-chain.js';
export { type RuleLog, ruleSource } from './look-up/rule-source.js';
export { type SegmentLog, segmentSource } from './look-up/segment-source.js';
export type {
  IpAddress,
  IpPrefix,
  Ipv4Address,
  Ipv4Prefix,
  Ipv6Address,
  Ipv6Prefix,
} from './observation/ip-address.js';
export { formatIpv4, ipv4Address, parseIpv4 } from './observation/ipv4.js';
export {
  formatIpv6,
  formatIpv6Prefix,
  ipv6Address,
  ipv6Prefix,
  parseIpv6,
  parseIpv6Prefix,
} from './observation/ipv6.js';
export type {
  ContactGrade,
  Observation,
  ObservationOutcome,
  ObservedEndpoint,
  ObservedRole,
  ObservedTime,
  ObserverClock,
  Protocol,
  TimeProvenance,
} from './observation/observation.js';
export { type AddressPolicy, readPublicAddress } from './observation/public-address.js';
export { type IntakeSettings, type ObservationFields, readObservation } from './observation/read-observation.js';
export {
  type ImportedObservations,
  type ObservationRow,
  type RefusedRow,
  readObservationsCsv,
} from './observation/read-observations-csv.js';
export { readTime, type TimeConvention } from './observation/read-time.js';
export { tzVersion } from './observation/zone.js';
export {
  type IgnoredName,
  type InputRefusal,
  isLogRecord,
  type LineFault,
  type LogFormat,
  type LogItem,
  parserName,
} from './parse/line-reader.js';
export { logFormats } from './parse/log-formats.js';
export type { LogBatch, RejectedLine, ResumePoint } from './parse/log-reader.js';
export type { LogTally } from './parse/log-tally.js';
export { type PatternFile, parsePatternFile } from './parse/pattern/pattern.js';
export { patternFormat } from './parse/pattern/pattern-format.js';
export { loadShippedPattern, type ShippedPattern, shippedPatterns } from './parse/pattern/shipped-patterns.js';
export { type ReadLogOptions, readLog } from './parse/read-log.js';
export { type SourceDeclaration, sourceDeclarationSchema, type YearBasis } from './parse/source-declaration.js';
export type { AttributableShare, ShareSettings } from './readiness/attributable-share.js';
export { type Readiness, readinessOf } from './readiness/readiness.js';
export { commonAssumptions, type RetentionAssumptions, type RetentionOption } from './readiness/retention-options.js';
export { type AnswerReason, answerReasons, type InputReason, inputReasons, type ReasonCode } from './reason.js';
export { compareRecords } from './record/compare-records.js';
export type { CoverageFact } from './record/coverage-fact.js';
export type { EndKind, LeaseInterval, StartKind } from './record/interval.js';
export type {
  DestinationKey,
  InsideKey,
  LogRecord,
  OutsideRange,
  RawPlace,
  RecordEvent,
  RecordKind,
  RecordProto,
  SubscriberParts,
  TimeSource,
} from './record/log-record.js';
export { openPairing, type Paired, type Pairing, type PairingSettings, type PairingState } from './record/pairing.js';
export { eachHolding } from './segment/each-holding.js';
export type { Certainty, Holding, HoldingKey, HoldingMark, KeyKind, OpaqueTag } from './segment/holding.js';
export { dayOf, type HoldingRules, holdingsOf } from './segment/lease-holdings.js';
export { type OpaqueTags, openOpaqueTags } from './segment/opaque-tags.js';
export { openRunCache, type RunCache } from './segment/run-cache.js';
export { openSegmentBuilder, type SegmentBuild, type SegmentBuilder } from './segment/segment-builder.js';
export type { SegmentFacts, SegmentHeader } from './segment/segment-header.js';
export { type OpenOptions, openSegment, type SegmentReader } from './segment/segment-reader.js';
export {
  type SegmentFindings,
  type SegmentHit,
  type SegmentQuestion,
  type SegmentRead,
  touching,
} from './segment/touching.js';
export type { WrittenSegment } from './segment/write-segment.js';
