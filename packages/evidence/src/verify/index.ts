export type { ContentsFile } from '../format/index.js';
export { type EventPlace, type Fault, type FaultKind, faultKinds } from './fault.js';
export type { PackageSource, RunningDigest, SourceEntry, VerifyDeps, VerifyProgress } from './ports.js';
export { type EventProof, proveEvent } from './prove-event.js';
export { readContents, type SaidContents } from './read-contents.js';
export type { Checked, KeyStanding, PackageKey, PackageReport, PackageVerdict } from './report.js';
export { formatReport } from './texts/format-report.js';
export { joinTrust, noTrust, parseTrustFile, readTrust, type Trust, type TrustTexts } from './trust.js';
export { verifyPackage } from './verify-package.js';
