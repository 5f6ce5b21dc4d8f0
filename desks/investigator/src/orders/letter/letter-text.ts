import type { AskedObservation, OrderDocument } from '@tutela/attribution/exchange';
import { type LetterWords, letterWords } from './words.js';

/** What a letter is made of: the order as it was approved, and until when an answer is wanted. */
export interface LetterInput {
  readonly document: OrderDocument;
  readonly sha256: string;
  readonly language: 'en' | 'es' | 'pt';
  readonly dueAt: string;
}

/** A letter before it is set: paragraphs, and one row for each observation. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly closing: string;
  readonly words: LetterWords;
}

export const letterOf = ({ document, sha256, language, dueAt }: LetterInput): Letter => {
  const words = letterWords[language];
  return {
    subject: words.subject(document.reference),
    paragraphs: [
      words.greeting,
      words.order(document.issuedBy, document.issuedAt, document.documentSha256),
      `${words.offence}: ${document.offence}. ${words.purpose}: ${document.purpose}.`,
      `${words.due}: ${dueAt}. ${words.expires}: ${document.expiresAt}.`,
      words.ask,
      words.disclose[document.disclose],
      ...words.rules,
    ],
    heading: words.table,
    rows: document.observations.map((observation, at) => rowOf(observation, at + 1, words)),
    closing: words.attached(document.observations.length, sha256),
    words,
  };
};

const rowOf = ({ ip, port, proto, from, to, clock }: AskedObservation, number: number, words: LetterWords) => {
  const time = to === undefined || to.utc === from.utc ? from.utc : `${from.utc} – ${to.utc}`;
  const error = clock.errorSeconds === 'unknown' ? words.unknown : words.seconds(clock.errorSeconds);
  const offset = clock.offsetSeconds ? `, offset ${clock.offsetSeconds} s` : '';
  return [
    String(number),
    ip,
    port === undefined ? words.none : String(port),
    proto ?? words.none,
    time,
    error + offset,
  ];
};

/** The letter as the text of an e-mail: plain, lines of fields divided by ` | `. */
export const emailText = (input: LetterInput): { readonly subject: string; readonly body: string } => {
  const { subject, paragraphs, heading, rows, closing } = letterOf(input);
  const table = [heading, ...rows].map((row) => row.join(' | ')).join('\n');
  return { subject, body: `${paragraphs.join('\n\n')}\n\n${table}\n\n${closing}\n` };
};
