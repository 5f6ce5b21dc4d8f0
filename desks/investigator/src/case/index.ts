export { type CaseFile, readCaseFile } from './case-file.js';
export { askForRole, endCaseRole, type RoleFault } from './case-roles.js';
export {
  addReportToCase,
  type By,
  type CaseFault,
  closeCase,
  findOpenCase,
  lockOpenCase,
  type OpenCaseFault,
  openCase,
  recordCaseAct,
} from './cases.js';
export { type CustodyFault, custodyActions, type NewCustody, recordCustody } from './custody.js';
export { type ExhibitFault, exhibitSubject, type NewExhibit, recordExhibit } from './exhibits.js';
export { parseExhibit } from './parse-exhibit.js';
export {
  type CaseRow,
  type CaseSummary,
  type CustodyRow,
  type ExhibitRow,
  findCase,
  findReportByNumber,
  listCases,
} from './queries.js';
export * from './schema.js';
