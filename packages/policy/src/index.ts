export type { Approval, Ed25519Approval, Refusal, WebauthnApproval } from './approval/approval.js';
export { approvalText, refusalText } from './approval/approval.js';
export { fromBase64url, toBase64url } from './approval/base64url.js';
export {
  type Ed25519Credential,
  type JsonCredential,
  type JsonPerson,
  type PersonId,
  parsePersonId,
  type SignatureAlgorithm,
  type WebauthnCredential,
} from './approval/person.js';
export {
  type ApprovalRequest,
  type RequestDigest,
  requestBytes,
  requestDigest,
  requestText,
} from './approval/request.js';
export { type ApprovalRules, type ApprovalSite, peopleNeeded } from './approval/rules.js';
export { type ApprovalFault, type Approved, verifyApprovals } from './approval/verify-approvals.js';
export type {
  Authority,
  AuthorityId,
  AuthorityKind,
  AuthorityRecord,
  Detention,
  SecretReuse,
} from './authority/authority.js';
export type { Asked } from './authority/compile-authority.js';
export { type CompiledScope, compileScope } from './authority/compile-scope.js';
export type { Condition } from './authority/condition.js';
export { type Deadline, type DeadlineKind, deadlinesOf, type ReportFiled } from './authority/deadline.js';
export { decide } from './authority/decide.js';
export type {
  Actor,
  Decision,
  DecisionReason,
  Grounds,
  Need,
  PolicyObject,
  Question,
  Role,
  RuleId,
} from './authority/decision.js';
export {
  batchDecisions,
  type DecidedObject,
  type DecisionBatch,
  largestBatch,
  recheckBatch,
} from './authority/decision-batch.js';
export type { Freeze, FreezeExtent } from './authority/freeze.js';
export { parseAuthority } from './authority/parse-authority.js';
export type { Exclusion, Limit, Period, Scope } from './authority/scope.js';
export { decideSecretReuse, type ReuseDecision } from './authority/secret-reuse.js';
export { type Standing, standingOf, versionsInPlay } from './authority/standing.js';
export { type Step, steps, stepsUpTo } from './authority/step.js';
export { PolicyError, type PolicyErrorCode } from './policy-error.js';
