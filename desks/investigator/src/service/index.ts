export { changedServiceRows } from './changed-rows.js';
export {
  type CountryUsers,
  type ProviderBook,
  type ProviderContact,
  type ProviderUsers,
  type UsersByCountry,
  usersByCountry,
} from './countries.js';
export { type ImportedRecords, type ImportFault, importRecords, type ServiceDeps } from './import-records.js';
export { type KnownRun, matchKnownFiles } from './known-files.js';
export { type KnownList, readKnownList } from './known-list.js';
export { type PreservationRequest, preservationRequests } from './preservation.js';
export { type LetterLanguage, letterLanguages, preservationLetter } from './preservation-letter.js';
export { readProviderBook } from './provider-book.js';
export * from './queries/answers.js';
export { recordFiles } from './queries/importing.js';
export { filesOfContents, matchesByAccount, nearContents } from './queries/known.js';
export * from './queries/result.js';
export type { RecordFormat } from './read/formats.js';
export { serviceCoveredTables } from './schema.js';
export { recordsOf } from './standard-layout.js';
export { type VicsCase, vicsCase } from './vics.js';
