import { parseInstant, toInstant, type UtcInstant } from '@tutela/core';
import type { TextLine } from './lines.js';
import { bad, good, type ReadRow } from './service-row.js';
import { event } from './tables.js';

/** How the mail of an abuse desk is told apart. */
export interface MailReading {
  /** The desk's own address: what comes from it is an answer. */
  readonly desk: string;
  /** Finds the account in a mail; the first group is it: `/files/([^/\s]+)/`. */
  readonly account: RegExp;
}

interface OpenMail {
  readonly line: number;
  readonly head: Map<string, string>;
  inHead: 'head' | 'body';
  account: string | undefined;
}

/**
 * Mails of an mbox (RFC 4155): notices to the abuse desk and its answers. An answer is about the account of the notice
 * that it answers. Of a body nothing is kept but the account.
 */
export async function* readAbuseMail(lines: AsyncIterable<TextLine>, reading: MailReading): AsyncGenerator<ReadRow> {
  const accounts = new Map<string, string>();
  let open: OpenMail | undefined;
  for await (const { number, text } of lines) {
    if (text.startsWith('From ')) {
      if (open !== undefined) yield rowOf(open, reading, accounts);
      open = { line: number, head: new Map(), inHead: 'head', account: undefined };
    } else if (open === undefined) {
      yield bad(number, 'before the first mail');
    } else if (open.inHead === 'head') {
      if (text === '') open.inHead = 'body';
      else addField(open.head, text);
    } else {
      open.account ??= reading.account.exec(text)?.[1];
    }
  }
  if (open !== undefined) yield rowOf(open, reading, accounts);
}

const addField = (head: Map<string, string>, text: string): void => {
  const colon = text.indexOf(':');
  if (colon > 0 && !/^\s/.test(text)) head.set(text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim());
};

const rowOf = ({ line, head, account }: OpenMail, { desk }: MailReading, accounts: Map<string, string>): ReadRow => {
  const at = momentOf(head.get('date'));
  const id = head.get('message-id');
  if (at === undefined) return bad(line, 'a mail without a date');
  const answered = head.get('in-reply-to');
  const about = account ?? (answered === undefined ? undefined : accounts.get(answered));
  if (id !== undefined && about !== undefined) accounts.set(id, about);
  const isAnswer = (head.get('from') ?? '').toLowerCase().includes(desk.toLowerCase());
  return good(
    line,
    event(isAnswer ? 'notice-answered' : 'notice-received', {
      at,
      account: about ?? null,
      reference: answered ?? id ?? null,
      what: head.get('subject') ?? '',
    }),
  );
};

/** RFC 5322 §3.3 with a zone in digits. */
const momentOf = (date: string | undefined): UtcInstant | undefined => {
  if (date === undefined || !/[+-]\d{4}\b/.test(date)) return undefined;
  const milliseconds = Date.parse(date);
  return Number.isNaN(milliseconds) ? undefined : parseInstant(toInstant(new Date(milliseconds)));
};
