import type { Content } from '../bag/durable-file.js';
import type {
  AnswerRecord,
  AuthorityVersion,
  ChronologyRecord,
  CustodyRecord,
  DecisionRecord,
  Digests,
  ExhibitRecord,
  OrderRecord,
  ReportRecord,
  ToolUse,
} from './records.js';

/** All that a package of a case is made from. What a desk does not have it leaves out. */
export interface CaseMaterial {
  readonly case: CaseFacts;
  /** Exactly those that the request names. */
  readonly items: readonly MaterialItem[];
  readonly exhibits?: readonly ExhibitRecord[];
  readonly custody?: readonly CustodyRecord[];
  readonly reports?: readonly ReportRecord[];
  readonly authorities?: readonly AuthorityVersion[];
  readonly decisions?: readonly DecisionRecord[];
  readonly orders?: readonly OrderRecord[];
  readonly answers?: readonly AnswerRecord[];
  readonly chronology?: readonly ChronologyRecord[];
}

export interface CaseFacts {
  /** `caseRef` of its events in the ledger. */
  readonly ref: string;
  readonly title: string;
  readonly agency: string;
  readonly offence?: string;
}

/** One file to be packed. */
export interface MaterialItem {
  /** 1 to 100 of `A-Z a-z 0-9 . _ -`, beginning with a letter or digit. */
  readonly id: string;
  readonly as: 'original' | 'derivative';
  /** What the file was called where it was found. */
  readonly name: string;
  /** Where in its exhibit, with `/`. */
  readonly foundAt?: string;
  readonly exhibit?: string;
  readonly report?: string;
  readonly mediaType?: string;
  readonly bytes: bigint;
  readonly digests: Digests;
  /** Why it is in the package. */
  readonly reason: string;
  /** Of a derivative: with what it was made from the original of the same id. */
  readonly madeWith?: ToolUse;
  /** A harmless picture of it (degraded on purpose) for the report; PNG or JPEG. */
  readonly thumbnail?: Uint8Array;
  /** Opened once; digests are taken while it is written, and compared. */
  readonly open: Exclude<Content, Uint8Array | string>;
}

/** Records by the name of their file in `data/records/`; a kind of which there is none has no file. */
export const recordsOf = (material: CaseMaterial) => ({
  exhibits: material.exhibits ?? [],
  custody: material.custody ?? [],
  reports: material.reports ?? [],
  authorities: material.authorities ?? [],
  decisions: material.decisions ?? [],
  orders: material.orders ?? [],
  answers: material.answers ?? [],
  chronology: material.chronology ?? [],
});
