export { type Fault, type FaultProxy, openFaultProxy } from './fault-proxy.js';
export { type MailServer, openMailServer, type ReceivedMail } from './mail-server.js';
export {
  type Carrier,
  type CarrierSize,
  insideOf,
  placeOf,
  portBlockCarrier,
  sessionCarrier,
  slotAt,
  slotsOf,
} from './nat/carrier.js';
export { type LogFaults, type LoggedEvent, noFaults } from './nat/faults.js';
export { type CiscoSession, formatCiscoSession } from './nat/format/cisco-ios-xe.js';
export { formatRadiusDetail, type RadiusAccounting } from './nat/format/freeradius-detail.js';
export { formatJunosBlock, type JunosBlock } from './nat/format/junos-spc3.js';
export { formatKeaDelegation, type KeaDelegation, keaHeader } from './nat/format/kea-csv.js';
export { type Hold, type HoldProcess, holdsOf } from './nat/hold-process.js';
export { carrierEvents, ciscoSessionLog, junosBlockLog, type LogOptions } from './nat/logs.js';
export { type Copy, encode, type PictureFormat } from './picture/encode.js';
export { makePicture, type Picture, type PictureSize } from './picture/make-picture.js';
export { type Random, randomFrom } from './picture/random.js';
export type { ReportWorldSize } from './reports/plan.js';
export { type MadeReport, makeReportWorld, type ReportWorld } from './reports/report-world.js';
export type { ReportKind, ReportTruth } from './reports/truth.js';
export type { FiledReport } from './reports/write-report.js';
export { fixtureArchives } from './seizure/fixture-archives.js';
export { type LockedKind, lockedArchive } from './seizure/lock/locked-archive.js';
export {
  type BroughtArchive,
  defaultSeizure,
  type SeizureSize,
} from './seizure/world.js';
export { type GroundTruth, type SeizurePlaces, seizurePlaces, writeSeizure } from './seizure/write-seizure.js';
export { openssl, opensslAtHand } from './time-authority/openssl.js';
export { openTimeAuthority, type TimeAuthority, type TimeAuthorityOptions } from './time-authority/time-authority.js';
export {
  type AssertionResponse,
  type Ceremony,
  type CreationOptions,
  type RegistrationResponse,
  type RequestOptions,
  type SoftwareAuthenticator,
  softwareAuthenticator,
} from './webauthn/software-authenticator.js';
