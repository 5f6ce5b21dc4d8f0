/** What checks approvals without a server: for the offline verifier, which needs nothing else of this package. */
export type { Approval, Ed25519Approval, WebauthnApproval } from './approval/approval.js';
export type { JsonCredential, JsonPerson, PersonId } from './approval/person.js';
export { type ApprovalRequest, type RequestDigest, requestDigest } from './approval/request.js';
export { type ApprovalRules, peopleNeeded } from './approval/rules.js';
export { type ApprovalFault, type Approved, verifyApprovals } from './approval/verify-approvals.js';
