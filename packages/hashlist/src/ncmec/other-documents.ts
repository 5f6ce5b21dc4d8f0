import { HashListError } from '../hash-list-error.js';
import type {
  CategorizationGroup,
  ExchangeMember,
  FeedbackReason,
  FeedbackSubmission,
  FingerprintType,
  StatusDocument,
} from './documents.js';
import { child, element, formatDocument, parseDocument, required } from './element.js';
import { memberElement, readMember } from './query-result.js';

/** The document of `/v2/status`. */
export const formatStatus = ({ ipAddress, username, member }: StatusDocument): string =>
  formatDocument(
    element('status', {}, [
      element('ipAddress', {}, ipAddress),
      element('username', {}, username),
      memberElement(member),
    ]),
  );

export const parseStatus = (text: string): StatusDocument => {
  const root = parseDocument(text, 'status');
  return {
    ipAddress: child(root, 'ipAddress')?.text.trim() ?? '',
    username: child(root, 'username')?.text.trim() ?? '',
    member: readMember(required(root, 'member')),
  };
};

/** The document of `/v2/members`. */
export const formatMembers = (members: readonly ExchangeMember[]): string =>
  formatDocument(element('members', {}, members.map(memberElement)));

export const parseMembers = (text: string): readonly ExchangeMember[] =>
  parseDocument(text, 'members').children.map(readMember);

/** The document of `/v2/categorizations`. */
export const formatCategorizations = (groups: readonly CategorizationGroup[]): string =>
  formatDocument(
    element(
      'categorizations',
      {},
      groups.map(({ name, allowMultiple, categorizations }) =>
        element(
          'group',
          { name, allowMultiple },
          categorizations.map((each) => element('categorization', { guid: each.guid, name: each.name })),
        ),
      ),
    ),
  );

export const parseCategorizations = (text: string): readonly CategorizationGroup[] =>
  parseDocument(text, 'categorizations').children.map(({ attributes, children }) => ({
    name: attributes.name ?? '',
    allowMultiple: attributes.allowMultiple === 'true' ? 'true' : 'false',
    categorizations: children.map((each) => ({
      guid: each.attributes.guid ?? '',
      name: each.attributes.name ?? '',
    })),
  }));

/** The document of `/v2/feedback/{TYPE}/reasons`. */
export const formatReasons = (type: FingerprintType, reasons: readonly FeedbackReason[]): string =>
  formatDocument(
    element(
      'availableFeedbackReasons',
      {},
      reasons.map(({ guid, name }) => element('reason', { guid, name, type })),
    ),
  );

export const parseReasons = (text: string): readonly FeedbackReason[] =>
  parseDocument(text, 'availableFeedbackReasons').children.map(({ attributes }) => ({
    guid: attributes.guid ?? '',
    name: attributes.name ?? '',
  }));

/** The body of `PUT /v2/entries/{memberId}/{entryId}/{TYPE}/feedback`. */
export const formatFeedback = (submission: FeedbackSubmission): string =>
  formatDocument(
    element('feedbackSubmission', {}, [
      submission.kind === 'affirmative'
        ? element('affirmative', {})
        : element('negative', {}, [
            element(
              'reasonIds',
              {},
              submission.reasons.map((guid) => element('guid', {}, guid)),
            ),
          ]),
    ]),
  );

export const parseFeedback = (text: string): FeedbackSubmission => {
  const root = parseDocument(text, 'feedbackSubmission');
  const negative = child(root, 'negative');
  if (negative === undefined) {
    required(root, 'affirmative');
    return { kind: 'affirmative' };
  }
  if (root.children.length > 1) throw new HashListError('malformed-document', 'feedback is for or against, not both');
  const reasons = required(negative, 'reasonIds').children.map((each) => each.text.trim());
  if (reasons.length === 0) throw new HashListError('malformed-document', 'negative feedback names its reasons');
  return { kind: 'negative', reasons };
};

/** The answer to a submission. */
export const formatSubmissionResult = (): string => formatDocument(element('submissionResult', {}));
