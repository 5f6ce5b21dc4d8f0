import type { UtcInstant } from '@tutela/core';
import type { Generated, Kysely, Transaction } from 'kysely';
import type { PersonId, SignatureAlgorithm } from '../approval/person.js';
import type { RequestDigest } from '../approval/request.js';
import type { AuthorityId } from '../authority/authority.js';
import type { DeadlineKind } from '../authority/deadline.js';
import type { Decision, Role, RuleId } from '../authority/decision.js';
import type { Step } from '../authority/step.js';

interface Revocable {
  readonly added_at: UtcInstant;
  readonly added_by: string;
  readonly revoked_at: UtcInstant | null;
  readonly revoked_by: string | null;
}
interface PersonTable extends Revocable {
  readonly person_id: PersonId;
  readonly name: string;
}
interface CredentialTable extends Revocable {
  readonly credential_id: string;
  readonly person_id: PersonId;
  readonly method: 'webauthn' | 'ed25519';
  readonly algorithm: SignatureAlgorithm;
  readonly public_key: string;
  readonly cose_key: string | null;
  readonly sign_count: Generated<number>;
}
interface ApprovalRequestTable {
  readonly digest: RequestDigest;
  readonly request_id: string;
  readonly action: string;
  readonly case_ref: string | null;
  readonly requested_by: PersonId;
  readonly requested_at: UtcInstant;
  readonly expires_at: UtcInstant;
  readonly document: string;
  readonly state: Generated<'open' | 'refused' | 'used'>;
  readonly settled_at: UtcInstant | null;
  readonly settled_by: string | null;
}
interface ApprovalTable {
  readonly digest: RequestDigest;
  readonly person_id: PersonId;
  readonly word: 'approves' | 'refuses';
  readonly at: UtcInstant;
  readonly document: string;
}
interface AuthorityVersionTable {
  readonly authority_id: AuthorityId;
  readonly version: number;
  readonly case_ref: string;
  readonly kind: string;
  readonly in_force_from: UtcInstant;
  readonly in_force_to: UtcInstant;
  readonly entered_by: PersonId;
  readonly entered_at: UtcInstant;
  readonly document: string;
  readonly document_sha256: string;
}
interface AuthorityVerificationTable {
  readonly authority_id: AuthorityId;
  readonly version: number;
  readonly case_ref: string;
  readonly request_digest: RequestDigest;
  readonly verified_by: readonly PersonId[];
  readonly verified_at: UtcInstant;
}
interface AuthorityEndTable {
  readonly authority_id: AuthorityId;
  readonly case_ref: string;
  readonly kind: 'revoked' | 'superseded';
  readonly ended_at: UtcInstant;
  readonly ended_by: string;
  readonly reason: string;
  readonly successor: AuthorityId | null;
}
interface ReportFiledTable {
  readonly authority_id: AuthorityId;
  readonly filed_at: UtcInstant;
  readonly filed_by: string;
  readonly reference: string;
}
interface ReminderTable {
  readonly authority_id: AuthorityId;
  readonly kind: DeadlineKind;
  readonly due_at: UtcInstant;
  readonly reminded_at: UtcInstant;
}
interface FreezeTable {
  readonly freeze_id: string;
  readonly case_ref: string;
  readonly extent: 'case' | 'source' | 'item';
  readonly source_id: string | null;
  readonly item_ref: string | null;
  readonly found_under: AuthorityId | null;
  readonly frozen_at: UtcInstant;
  readonly frozen_by: string;
  readonly reason: string;
}
interface FreezeLiftTable {
  readonly freeze_id: string;
  readonly case_ref: string;
  readonly authority_id: AuthorityId;
  readonly lifted_at: UtcInstant;
  readonly lifted_by: string;
}
interface RoutingTable {
  readonly case_ref: string;
  readonly item_ref: string;
  readonly routed_at: UtcInstant;
  readonly routed_by: string;
  readonly reason: string;
}
interface FilterRulingTable {
  readonly case_ref: string;
  readonly item_ref: string;
  readonly ruling: 'released' | 'withheld';
  readonly ruled_at: UtcInstant;
  readonly ruled_by: string;
  readonly reason: string;
}
interface CaseRoleTable {
  readonly case_ref: string;
  readonly person_id: PersonId;
  readonly role: Role;
  readonly granted_at: UtcInstant;
  readonly granted_by: string;
  readonly ended_at: UtcInstant | null;
  readonly ended_by: string | null;
}
interface DecisionTable {
  readonly decision_id: string;
  readonly case_ref: string;
  readonly step: Step;
  readonly decided_at: UtcInstant;
  readonly actor: PersonId | null;
  readonly answer: Decision['answer'];
  readonly rule: RuleId;
  readonly authority_id: AuthorityId | null;
  readonly object_group: string;
  readonly objects: number;
  readonly document: string;
}

/** What the tables mean stands in `migrations/`. */
export type PolicyTables = {
  readonly 'policy.person': PersonTable;
  readonly 'policy.credential': CredentialTable;
  readonly 'policy.site': { readonly origin: string; readonly added_at: UtcInstant; readonly added_by: string };
  readonly 'policy.registration': {
    readonly challenge: string;
    readonly person_id: PersonId;
    readonly expires_at: UtcInstant;
  };
  readonly 'policy.approval_request': ApprovalRequestTable;
  readonly 'policy.approval': ApprovalTable;
  readonly 'policy.case_version': { readonly case_ref: string; readonly version: number };
  readonly 'policy.authority_version': AuthorityVersionTable;
  readonly 'policy.authority_verification': AuthorityVerificationTable;
  readonly 'policy.authority_end': AuthorityEndTable;
  readonly 'policy.report_filed': ReportFiledTable;
  readonly 'policy.reminder': ReminderTable;
  readonly 'policy.freeze': FreezeTable;
  readonly 'policy.freeze_lift': FreezeLiftTable;
  readonly 'policy.routing': RoutingTable;
  readonly 'policy.filter_ruling': FilterRulingTable;
  readonly 'policy.case_role': CaseRoleTable;
  readonly 'policy.decision': DecisionTable;
};

/** The node's database, or a transaction on it. */
export type AnyDb = Kysely<unknown>;
/** The transaction of an act. */
export type Tx = Transaction<unknown>;

/** Every table of the node is reached over one connection; this names ours. */
export const policyTables = (db: AnyDb): Kysely<PolicyTables> => db.withTables<PolicyTables>();
