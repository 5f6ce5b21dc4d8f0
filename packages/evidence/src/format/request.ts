import type { Verdict } from '@tutela/ledger';
import type { ApprovalRequest } from '@tutela/policy/approval';
import { parseCanonicalFile } from './canonical-file.js';
import { decimal, instant, itemId, listOf, object, oneOf, sha256Hex, text } from './shape.js';

// Types, not interfaces, so that they are JSON objects to `ApprovalRequest`.

/** What is asked to be packed: the `content` of an approval request for `package.export`. */
export type ExportContent = {
  readonly package: string;
  /** `caseRef` of the case's events. */
  readonly case: string;
  /** Whom items are encrypted to; nobody when they are not. */
  readonly recipients: readonly ExportRecipient[];
  readonly items: readonly ExportItem[];
  readonly exclusions: readonly ExportExclusion[];
  /** A package holds the case's history from its first event on. */
  readonly events: 'all';
};

export type ExportRecipient = {
  readonly name: string;
  /** `age1…` */
  readonly age: string;
};

/** One file to be packed, as it is before it is encrypted. */
export type ExportItem = {
  readonly id: string;
  readonly sha256: string;
  /** Decimal digits. */
  readonly bytes: string;
  readonly as: 'original' | 'derivative';
};

export type ExportExclusion = {
  readonly id: string;
  readonly reason: string;
};

/** `data/request.json` */
export interface ExportRequest extends Omit<ApprovalRequest, 'content'> {
  readonly action: 'package.export';
  readonly content: ExportContent;
}

const exportContent = object({
  package: text,
  case: text,
  recipients: listOf(object({ name: text, age: text })),
  items: listOf(object({ id: itemId, sha256: sha256Hex, bytes: decimal, as: oneOf('original', 'derivative') })),
  exclusions: listOf(object({ id: itemId, reason: text })),
  events: oneOf('all'),
});

const exportRequest = object(
  {
    v: oneOf(1),
    id: text,
    action: oneOf('package.export'),
    requestedBy: text,
    reason: text,
    requestedAt: instant,
    expiresAt: instant,
    content: exportContent,
  },
  { caseRef: text, about: listOf(text) },
);

export const parseExportRequest = (bytes: Uint8Array): Verdict<ExportRequest, 'malformed'> =>
  parseCanonicalFile<ExportRequest>(bytes, exportRequest);
