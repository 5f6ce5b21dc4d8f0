// What a checker of approvals needs, and nothing that a browser has not.
export { type Approval, approvalText, type Ed25519Approval } from './approval.js';
export { fromBase64url } from './base64url.js';
export type { JsonPerson, PersonId } from './person.js';
export { type ApprovalRequest, type RequestDigest, requestDigest } from './request.js';
export type { ApprovalRules } from './rules.js';
export { credentialOf, verifyApprovals } from './verify-approvals.js';
