/** What an action's approvals have to fulfil. The requester never counts, nor anybody the request is about. */
export interface ApprovalRules {
  /** How many different people have to approve. */
  readonly people: number;
  /** Origins of the pages on which passkeys may be used, such as `http://localhost:8642`. */
  readonly origins: readonly string[];
  /** WebAuthn relying party id: the host name of those pages. */
  readonly rpId: string;
}

/**
 * People besides the requester who have to approve an action. Two, but one for the acts of this package, where whoever
 * asks is enrolled: with one more there are two; and one for an exigency, which asks for a second approver
 * (protocols.md §8.2).
 */
export const peopleNeeded = (action: string): number => (ownActions.has(action) || action === exigency ? 1 : 2);

const exigency = 'file.open-exigency';

/** Acts that this package does by itself once they are approved; it writes the content of the requests too. */
export const ownActions: ReadonlySet<string> = new Set([
  'authority.verify',
  'person.enrol',
  'credential.add',
  'role.grant',
]);

/** The pages on which an installation's passkeys are used. */
export type ApprovalSite = Pick<ApprovalRules, 'origins' | 'rpId'>;
