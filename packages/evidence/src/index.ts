export { packageTar, packageZip } from './bag/serialise.js';
export { EvidenceError } from './evidence-error.js';
export type { ExportContent, ExportRequest } from './format/index.js';
export type { CaseFacts, CaseMaterial, MaterialItem } from './material/case-material.js';
export type {
  AnswerOutcome,
  AnswerRecord,
  AuthorityVersion,
  ChronologyRecord,
  CustodyRecord,
  DecisionRecord,
  Digests,
  ExhibitRecord,
  OrderRecord,
  ReportRecord,
  ToolUse,
} from './material/records.js';
export type { MissingProof, PackageLedger } from './package/ports.js';
export { readVerifierFiles } from './package/verifier-files.js';
export type { VerifierFiles } from './package/write-contents.js';
export { type PackageDeps, type PackageFault, type PackageWritten, writePackage } from './package/write-package.js';
