import { done, fromHex, type JsonObject, type Outcome, refused } from '@tutela/core';
import type { Hasher } from '@tutela/ledger';
import {
  type Approval,
  type ApprovalRequest,
  type ApprovalRules,
  type JsonPerson,
  verifyApprovals,
} from '@tutela/policy/approval';
import { type CommitmentProof, verifyCommitment } from './commitment-tree.js';
import { commitEntry, type EntryOpening, type EntryStatement } from './statement.js';

/** How many reviewers, and whether of one house, a list asks for. */
export type VouchingRule = 'two-reviewers' | 'two-organisations';

/** What reviewers sign: that these entries, and no others, belong on the list. */
export interface VouchedContent {
  readonly list: string;
  readonly rule: VouchingRule;
  readonly root: string;
  readonly size: number;
  /** Who may vouch, and for which organisation, as it stood when it was asked. */
  readonly reviewers: Readonly<Record<string, string>>;
}

export const vouchAction = 'hashlist.vouch';

/** All that shows who vouched for one entry, to whoever trusts the reviewers' public keys. */
export interface EntryVouchers {
  readonly v: 1;
  readonly opening: EntryOpening;
  /** In the set of entries that was vouched for together. */
  readonly place: CommitmentProof;
  readonly request: ApprovalRequest;
  readonly approvals: readonly Approval[];
  /** The reviewers' public keys. */
  readonly people: readonly JsonPerson[];
  readonly site: Pick<ApprovalRules, 'origins' | 'rpId'>;
}

export interface Vouched {
  readonly reviewers: readonly { readonly person: string; readonly organisation: string }[];
}

export type VoucherFault =
  | 'other-entry'
  | 'other-list'
  | 'not-in-set'
  | 'signatures'
  | 'same-organisation'
  | 'malformed';

/** Whether two reviewers, as the list's rule asks, have signed for this entry. */
export const verifyVouchers = async (
  hasher: Hasher,
  statement: EntryStatement,
  vouchers: EntryVouchers,
): Promise<Outcome<Vouched, VoucherFault>> => {
  const { opening, place, request, approvals, people, site } = vouchers;
  const key = fromHex(opening.key);
  const content = contentOf(request.content);
  if (key?.length !== 32 || content === undefined) return refused('malformed', 'these are no vouchers for an entry');
  if (opening.member !== statement.member || opening.id !== statement.id)
    return refused('other-entry', 'the vouchers are for another entry');
  if (request.action !== vouchAction || content.list !== statement.list)
    return refused('other-list', `what was signed is for ${content.list}`);
  const commitment = commitEntry(hasher, key, statement);
  if (
    content.size !== place.size ||
    verifyCommitment(hasher, { commitment, root: content.root, proof: place }) !== 'included'
  )
    return refused('not-in-set', 'the entry is not among those that the reviewers signed for');
  const verified = await verifyApprovals(request, approvals, people, { people: 2, ...site });
  if (verified.kind !== 'done') return refused('signatures', verified.reason.message);
  const reviewers = verified.value.people.map((person) => ({ person, organisation: content.reviewers[person] ?? '' }));
  if (reviewers.some(({ organisation }) => organisation === ''))
    return refused('signatures', 'somebody signed who is no reviewer of this list');
  const fault = organisationFault(
    content.rule,
    reviewers.map(({ organisation }) => organisation),
  );
  return fault === undefined ? done({ reviewers }) : refused(fault, 'both reviewers are of one organisation');
};

/** What the rule has against these organisations vouching together. */
export const organisationFault = (
  rule: VouchingRule,
  organisations: readonly string[],
): 'same-organisation' | undefined =>
  rule === 'two-organisations' && new Set(organisations).size < organisations.length ? 'same-organisation' : undefined;

const contentOf = (content: JsonObject): VouchedContent | undefined => {
  const { list, rule, root, size, reviewers } = content;
  const fits =
    typeof list === 'string' &&
    (rule === 'two-reviewers' || rule === 'two-organisations') &&
    typeof root === 'string' &&
    typeof size === 'number' &&
    typeof reviewers === 'object' &&
    reviewers !== null &&
    !Array.isArray(reviewers);
  return fits ? (content as unknown as VouchedContent) : undefined;
};
