export { beginApproval, finishApproval } from './approve-with-passkey.js';
export { type EndFault, type EnterFault, endAuthority, enterAuthority, noteReportFiled } from './authorities.js';
export { type AuthorityWatch, guardLease, type LeaseFault, watchAuthorities } from './authority-watch.js';
export { type Consumed, type ConsumeFault, consumeApproval, type Use } from './consume-approval.js';
export { type DueDeadline, dueDeadlines, remindDeadlines } from './deadlines.js';
export { findDecision, listDecisions, recordDecision, recordDecisions } from './decisions.js';
export { requestPerson } from './enrolment.js';
export { itemIsFor, privilegeOf, type RulingFault, routeToFilter, ruleOnItem } from './filter-team.js';
export { freeze, type LiftFault, liftFreeze, type NewFreeze } from './freezes.js';
export { activeAuthorities, loadGrounds } from './grounds.js';
export { policyCoveredTables, policyMigrations } from './migrations.js';
export {
  type InstallFault,
  installFirstPeople,
  type KnownPerson,
  keyFileId,
  listPeople,
  type NewPerson,
} from './people.js';
export type { By } from './record-act.js';
export { type RecordFault, recordApproval, recordRefusal } from './record-approval.js';
export { beginRegistration, finishRegistration, type RegistrationFault } from './register-passkey.js';
export {
  findRequest,
  listRequests,
  type NewRequest,
  type RequestState,
  requestApproval,
  requestsBeginning,
} from './requests.js';
export { revokeCredential, revokePerson } from './revoke.js';
export { actorIn, type CaseRole, endRole, type HeldRole, listRoles, requestRole } from './roles.js';
export { addSite, readSite } from './site.js';
