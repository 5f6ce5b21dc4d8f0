export type { Advice, Prediction } from './advice/advice.js';
export { adviseOn, type Draft, predict } from './advice/completeness.js';
export {
  type CompletenessFact,
  type CompletenessFactId,
  completenessFactIds,
  completenessFacts,
} from './advice/completeness-facts.js';
export { type Environment, ncmecBaseUrls } from './client/base-url.js';
export type { FileSource } from './client/bodies.js';
export {
  type ClientOptions,
  type CybertipClient,
  createCybertipClient,
  type Spoiled,
  type Upload,
  type Uploaded,
} from './client/client.js';
export type { Answered, Declined, Trace, Unanswered, Unfit } from './client/result.js';
export { uploadIntact } from './client/upload-intact.js';
export { CybertipError } from './cybertip-error.js';
export {
  type CheckOptions,
  checkFileDetails,
  checkReport,
  type Reading,
  type ReadOptions,
  readFileDetails,
  readReport,
  writeFileDetails,
  writeReport,
} from './documents.js';
export type { ReceivedFile } from './export/ids-file.js';
export { type ReceivedReport, toIdsJson } from './export/ids-report.js';
export type { Finding, Findings, Position } from './finding.js';
export { followUp } from './follow-up.js';
export type {
  DeliveredCapture,
  DeliveredContact,
  DeliveredFile,
  DeliveredIncident,
  DeliveredPerson,
  DeliveredReport,
} from './import/delivered.js';
export { largestIdsDocument, readIdsDocument, type UnreadableDocument } from './import/ids-document.js';
export type { StatedMoment } from './import/members.js';
export type { ReadingNote } from './import/notes.js';
export { type OperatorSchema, openOperatorSchema } from './operator-schema.js';
export { nameOfCode, type RefusalCode, type ResponseCodeName, responseCodes } from './response-code.js';
export type { FileDetails, Report } from './schema/documents.js';
export { type Mode, type SchemaVersion, schemaVersions } from './schema/notation.js';
export type { FileId, ReportNumber } from './schema/values.js';
export type { HttpStyle } from './server/answer.js';
export type { ServerOptions } from './server/context.js';
export { cybertipServer } from './server/plugin.js';
export type { HeldReport, Opening, Received, Reporter, ReporterId, ReportStore } from './server/report-store.js';
export {
  type Act,
  type Decision,
  decide,
  decideExpiry,
  type Effect,
  expiryOf,
  type HeldFile,
  type ReportState,
} from './server/state.js';
export { writableText } from './xml/characters.js';
