import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';

const text = Type.String();
const count = Type.Integer();
const uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/** `waiting`: on its way; `failing`: on its way, and the last attempt failed. */
export const filingShows = ['all', 'waiting', 'failing', 'finished', 'refused'] as const;

/** One line of the ledger of reports. */
export const filingRow = Type.Object({
  id: uuid,
  account: text,
  environment: Type.Enum(['test', 'production']),
  state: Type.Enum(['ready', 'open', 'finished', 'refused']),
  /** The receipt: the clearinghouse's number of the report. */
  number: nullable(text),
  files: count,
  openedAt: text,
  finishedAt: nullable(text),
  /** Attempts in a row that failed. */
  failures: count,
  /** When it is tried next, where it is on its way. */
  dueAt: nullable(text),
  /** What the last answer said, where it was no success. */
  reason: nullable(text),
});
export type FilingRow = Static<typeof filingRow>;

export const filingsWindowQuery = Type.Object({
  ...windowQuery,
  show: Type.Optional(Type.Enum([...filingShows])),
  account: Type.Optional(Type.String({ maxLength: 1000 })),
});
export const filingsWindowBody = windowBody(filingRow);
export type FilingsWindowBody = Static<typeof filingsWindowBody>;

/** A fact that somebody needs in order to act on a report, and what an investigator will miss (@tutela/cybertip). */
const factBody = Type.Object({ id: text, state: Type.Enum(['present', 'absent', 'not-applicable']), path: text });
const adviceBody = Type.Object({
  id: text,
  path: text,
  weight: Type.Enum(['attribution', 'warrant', 'context']),
  missing: text,
  reason: text,
  source: text,
  remedy: text,
});

/** A document as it is sent, byte for byte, and its members for who reads it. */
const documentBody = Type.Object({ xml: text, members: Type.Unknown() });
/** What is sent: the report, then what is said of each file. */
export const documentsBody = Type.Object({
  report: documentBody,
  files: Type.Array(Type.Object({ match: uuid, name: text, ...documentBody.properties })),
  facts: Type.Array(factBody),
  advice: Type.Array(adviceBody),
  label: Type.Enum(['referral', 'informational']),
});
export type DocumentsBody = Static<typeof documentsBody>;

export const filingParams = Type.Object({ id: uuid });
export const filingBody = Type.Object({
  ...filingRow.properties,
  documents: nullable(documentsBody),
  /** Every request to the clearinghouse and its answer, newest first. */
  steps: Type.Array(
    Type.Object({
      ordinal: count,
      attempt: count,
      act: Type.Enum(['submit', 'upload', 'fileinfo', 'finish', 'retract']),
      phase: Type.Enum(['intent', 'answer']),
      at: text,
      /** How the answer ended, its code, and the number under which the clearinghouse knows the request. */
      kind: nullable(text),
      code: nullable(text),
      httpStatus: nullable(count),
      requestId: nullable(text),
    }),
  ),
});
export type FilingBody = Static<typeof filingBody>;

export const retryBody = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 3000, pattern: '\\S' }) });
export const retriedBody = Type.Object({ filing: uuid, state: Type.Enum(['ready', 'open']) });

export const draftQuery = Type.Object({ account: Type.String({ minLength: 1, maxLength: 1000 }) });
/** What the next report of an account will be, as things stand. */
export const draftBody = Type.Object({
  account: text,
  /** Where it goes; `null`: no clearinghouse is configured, nothing is filed. */
  destination: nullable(Type.Object({ environment: Type.Enum(['test', 'production']), company: text, service: text })),
  /** Matches of the account that nobody has decided: it is filed once there is none. */
  undecided: count,
  confirmed: count,
  underWay: nullable(uuid),
  documents: nullable(documentsBody),
});
export type DraftBody = Static<typeof draftBody>;
