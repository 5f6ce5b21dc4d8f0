export { AttributionError } from './attribution-error.js';
export type {
  IpAddress,
  IpPrefix,
  Ipv4Address,
  Ipv4Prefix,
  Ipv6Address,
  Ipv6Prefix,
} from './observation/ip-address.js';
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
export { type AnswerReason, answerReasons, type InputReason, inputReasons, type ReasonCode } from './reason.js';
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
