import { typedMoment } from '../../app/moment-text.js';

/** As `@tutela/policy` has them; the node is who says whether an authority is well formed. */
export const authorityKinds = [
  'warrant',
  'production-order',
  'consent',
  'court-order',
  'detention-order',
  'mlat',
] as const;
export const grantable = ['store', 'hash', 'list', 'match', 'attempt', 'open', 'view', 'disclose'] as const;
export const limitNames = ['sources', 'accounts', 'addresses', 'periods', 'fileClasses', 'keywords'] as const;
export const excludable = [
  'sources',
  'folders',
  'accounts',
  'addresses',
  'periods',
  'fileClasses',
  'keywords',
] as const;
export const conditionKinds = ['second-person', 'filter-team', 'protocol', 'place', 'other'] as const;

export type AuthorityKind = (typeof authorityKinds)[number];
export type GrantedStep = (typeof grantable)[number];
export type LimitName = (typeof limitNames)[number];

/** `these`: what is named, one a line, and nothing else. */
export interface TypedLimit {
  readonly covers: 'these' | 'any';
  readonly lines: string;
}

export interface TypedExclusion {
  readonly key: number;
  readonly what: (typeof excludable)[number];
  readonly lines: string;
  readonly reason: string;
}

export interface TypedCondition {
  readonly key: number;
  readonly kind: (typeof conditionKinds)[number];
  readonly steps: readonly GrantedStep[];
  readonly text: string;
}

/** An authority while it is typed: moments with their zone, lists one a line. */
export interface AuthorityForm {
  readonly kind: AuthorityKind;
  readonly issuedBy: string;
  readonly judge: string;
  readonly fileNumber: string;
  readonly statute: string;
  readonly offence: string;
  readonly sealed: 'sealed' | 'open';
  readonly issuedAt: string;
  readonly from: string;
  readonly to: string;
  readonly detentionUntil: string;
  readonly reportDue: string;
  readonly retainUntil: string;
  readonly operativeText: string;
  readonly documentSha256: string;
  readonly scope: Readonly<Record<LimitName, TypedLimit>>;
  readonly exclusions: readonly TypedExclusion[];
  readonly privilegeTerms: string;
  readonly grants: readonly GrantedStep[];
  readonly conditions: readonly TypedCondition[];
}

export interface PartProps {
  readonly form: AuthorityForm;
  readonly change: (part: Partial<AuthorityForm>) => void;
}

const dayMs = 86_400_000;
const nothing: TypedLimit = { covers: 'these', lines: '' };

/** In force from now for thirty days; it covers and allows nothing until somebody says what. */
export const emptyAuthority = (now: Date): AuthorityForm => ({
  kind: 'warrant',
  issuedBy: '',
  judge: '',
  fileNumber: '',
  statute: '',
  offence: '',
  sealed: 'open',
  issuedAt: typedMoment(now),
  from: typedMoment(now),
  to: typedMoment(new Date(now.getTime() + 30 * dayMs)),
  detentionUntil: '',
  reportDue: '',
  retainUntil: '',
  operativeText: '',
  documentSha256: '',
  scope: {
    sources: nothing,
    accounts: nothing,
    addresses: nothing,
    periods: nothing,
    fileClasses: nothing,
    keywords: nothing,
  },
  exclusions: [],
  privilegeTerms: '',
  grants: [],
  conditions: [],
});
