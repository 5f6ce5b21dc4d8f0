import type { RequestBody, RequestTarget } from '@tutela/clearinghouse-desk/api';
import { readMoment } from '../../app/moment-text.js';

export type RequestKind = RequestBody['kind'];
export const requestKinds = ['preservation', 'budapest-29', 'mla', 'epoc', 'epoc-pr'] as const satisfies RequestKind[];
export const dataClasses = ['subscriber', 'identifying', 'traffic', 'content'] as const;
export type DataClass = (typeof dataClasses)[number];
export const letterLanguages = ['en', 'es', 'pt-BR'] as const;
type LetterLanguage = (typeof letterLanguages)[number];

/** What is typed, line by line; `recordOf` makes the record of it. */
export interface RequestDraft {
  readonly kind: RequestKind;
  /** Of the registry; empty: an addressee that it does not name, such as a service. */
  readonly authorityId: string;
  readonly name: string;
  readonly address: string;
  readonly country: string;
  readonly language: LetterLanguage;
  /** The preservation request on which help or production rests. */
  readonly preservedBy: string;
  readonly days: string;
  readonly instrument: string;
  readonly article: string;
  readonly issuingState: string;
  readonly issuingAuthority: string;
  readonly officer: string;
  readonly contact: string;
  readonly caseRef: string;
  readonly urgency: 'normal' | 'urgent' | 'emergency';
  readonly ground: string;
  readonly deadline: string;
  /** Chosen of what the report names. */
  readonly targets: readonly RequestTarget[];
  /** Typed, one a line: what it is, then its value. */
  readonly further: string;
  readonly classes: readonly DataClass[];
  readonly description: string;
  readonly offence: string;
  readonly offenceText: string;
  readonly penalty: string;
  readonly facts: string;
  readonly necessity: string;
  readonly proportionality: string;
  readonly notice: 'withhold' | 'allowed';
  readonly format: string;
  readonly hash: string;
  readonly encryption: string;
  readonly deliverTo: string;
}

export const needsPreservation = (kind: RequestKind): boolean => kind === 'mla' || kind === 'epoc';

const typedTargets = (lines: string): readonly RequestTarget[] =>
  lines.split('\n').flatMap((line) => {
    const [type = '', ...value] = line.trim().split(/\s+/);
    return type === '' || value.length === 0 ? [] : [{ type, value: value.join(' ') }];
  });

/** As the node takes it; what was left empty is left out, and the node names what it misses. */
export const recordOf = (draft: RequestDraft): object => ({
  kind: draft.kind,
  legalBasis: { instrument: draft.instrument, ...given('article', draft.article) },
  issuing: {
    state: draft.issuingState,
    authority: draft.issuingAuthority,
    officer: draft.officer,
    contact24h: draft.contact,
  },
  addressee: {
    name: draft.name,
    address: draft.address,
    country: draft.country,
    ...given('authorityId', draft.authorityId),
  },
  caseRef: draft.caseRef,
  urgency: {
    level: draft.urgency,
    ...given('ground', draft.ground),
    ...given('deadline', readMoment(draft.deadline) ?? ''),
  },
  targets: [...draft.targets, ...typedTargets(draft.further)],
  data: draft.classes.map((one) => ({ class: one, description: draft.description })),
  offence: { code: draft.offence, text: draft.offenceText, maxPenalty: draft.penalty },
  facts: draft.facts,
  necessity: draft.necessity,
  proportionality: draft.proportionality,
  confidentiality: { notice: draft.notice },
  ...(/^\d+$/.test(draft.days.trim()) && { preservationDays: Number(draft.days) }),
  delivery: { format: draft.format, hash: draft.hash, encryption: draft.encryption, to: draft.deliverTo },
  language: draft.language,
});

const given = (name: string, text: string): Readonly<Record<string, string>> =>
  text.trim() === '' ? {} : { [name]: text.trim() };

const needed = [
  'name',
  'address',
  'country',
  'instrument',
  'issuingState',
  'issuingAuthority',
  'officer',
  'contact',
  'caseRef',
  'description',
  'offence',
  'offenceText',
  'penalty',
  'facts',
  'necessity',
  'proportionality',
  'format',
  'hash',
  'encryption',
  'deliverTo',
] as const satisfies readonly (keyof RequestDraft)[];

/** How many needed lines are still empty. */
export const missingIn = (draft: RequestDraft): number =>
  needed.filter((name) => draft[name].trim() === '').length +
  (draft.classes.length === 0 ? 1 : 0) +
  (draft.targets.length + typedTargets(draft.further).length === 0 ? 1 : 0) +
  (needsPreservation(draft.kind) && draft.preservedBy === '' ? 1 : 0);
