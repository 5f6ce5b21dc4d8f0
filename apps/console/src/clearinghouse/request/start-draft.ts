import type { AuthorityBody, FullRequestBody, RequestTarget } from '@tutela/clearinghouse-desk/api';
import { type Told, textIn, told } from '../triage/told.js';
import { type DataClass, dataClasses, letterLanguages, type RequestDraft, type RequestKind } from './request-draft.js';

/** What an instrument is called in every language; a request on national law says its own. */
export const usualBasis: Readonly<Record<RequestKind, { readonly instrument: string; readonly article: string }>> = {
  preservation: { instrument: '', article: '' },
  'budapest-29': { instrument: 'Convention on Cybercrime (ETS No. 185)', article: '29' },
  mla: { instrument: '', article: '' },
  epoc: { instrument: 'Regulation (EU) 2023/1543', article: '5' },
  'epoc-pr': { instrument: 'Regulation (EU) 2023/1543', article: '6' },
};

const empty: RequestDraft = {
  kind: 'preservation',
  authorityId: '',
  name: '',
  address: '',
  country: '',
  language: 'en',
  preservedBy: '',
  days: '',
  instrument: '',
  article: '',
  issuingState: '',
  issuingAuthority: '',
  officer: '',
  contact: '',
  caseRef: '',
  urgency: 'normal',
  ground: '',
  deadline: '',
  targets: [],
  further: '',
  classes: [],
  description: '',
  offence: '',
  offenceText: '',
  penalty: '',
  facts: '',
  necessity: '',
  proportionality: '',
  notice: 'withhold',
  format: 'JSON',
  hash: 'SHA-256',
  encryption: 'age',
  deliverTo: '',
};

/** The addressee's own language where letters exist in it, else English. */
const letterLanguageOf = (languages: readonly string[]): RequestDraft['language'] =>
  languages
    .map((one) => letterLanguages.find((known) => known.split('-')[0] === one))
    .find((one) => one !== undefined) ?? 'en';

export const addressedTo = (authority: AuthorityBody): Partial<RequestDraft> => ({
  authorityId: authority.authorityId,
  name: authority.name,
  address: authority.address ?? '',
  country: authority.country,
  language: letterLanguageOf(authority.languages),
});

export interface Beginning {
  readonly targets: readonly RequestTarget[];
  readonly newest: FullRequestBody | undefined;
  readonly base: FullRequestBody | undefined;
  /** Under which help or production may be asked. */
  readonly preserving: readonly { readonly requestId: string; readonly addressee: string; readonly caseRef: string }[];
}

export interface Start {
  readonly kind: RequestKind;
  readonly report: string | undefined;
  readonly targets: readonly RequestTarget[];
  readonly authority: AuthorityBody | undefined;
  /** Made before: its sender and its delivery are taken over. */
  readonly newest: FullRequestBody | undefined;
  /** The request that this one rests on or renews: all of it is taken over. */
  readonly base: FullRequestBody | undefined;
}

/** A request as far as it is known before anybody types. */
export const startDraft = ({ kind, report, targets, authority, newest, base }: Start): RequestDraft => ({
  ...empty,
  ...(newest === undefined ? {} : senderOf(told(newest.record))),
  ...(base === undefined ? { targets } : { ...senderOf(told(base.record)), ...matterOf(told(base.record)) }),
  ...(base?.kind === kind ? { ...addresseeOf(told(base.record)), ...basisOf(told(base.record)) } : usualBasis[kind]),
  ...(authority === undefined ? {} : addressedTo(authority)),
  ...(base === undefined && report !== undefined ? { caseRef: report } : {}),
  kind,
});

const line = (value: unknown): string => textIn(value) ?? '';

const senderOf = ({ issuing, delivery }: Told): Partial<RequestDraft> => ({
  issuingState: line(told(issuing).state),
  issuingAuthority: line(told(issuing).authority),
  officer: line(told(issuing).officer),
  contact: line(told(issuing).contact24h),
  format: line(told(delivery).format),
  hash: line(told(delivery).hash),
  encryption: line(told(delivery).encryption),
  deliverTo: line(told(delivery).to),
});

const basisOf = ({ legalBasis }: Told): Partial<RequestDraft> => ({
  instrument: line(told(legalBasis).instrument),
  article: line(told(legalBasis).article),
});

const addresseeOf = ({ addressee, language }: Told): Partial<RequestDraft> => ({
  authorityId: line(told(addressee).authorityId),
  name: line(told(addressee).name),
  address: line(told(addressee).address),
  country: line(told(addressee).country),
  language: letterLanguages.find((one) => one === language) ?? 'en',
});

const matterOf = ({ targets, data, offence, ...record }: Told): Partial<RequestDraft> => {
  const asked = (Array.isArray(data) ? data : []).map(told);
  return {
    caseRef: line(record.caseRef),
    targets: (Array.isArray(targets) ? targets : []) as readonly RequestTarget[],
    classes: dataClasses.filter((one): one is DataClass => asked.some((each) => each.class === one)),
    description: line(asked[0]?.description),
    offence: line(told(offence).code),
    offenceText: line(told(offence).text),
    penalty: line(told(offence).maxPenalty),
    facts: line(record.facts),
    necessity: line(record.necessity),
    proportionality: line(record.proportionality),
  };
};
