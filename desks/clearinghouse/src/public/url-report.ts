import { done, type Outcome, parseInstant, refused, type UtcInstant } from '@tutela/core';
import { type Report, writableText } from '@tutela/cybertip';

/** Where something was seen on the Internet, in whoever's words. Nothing of it is ever fetched. */
export interface UrlReport {
  readonly url: string;
  /** RFC 3339 or a day; absent: not said. */
  readonly seenAt?: string;
  /** Where on the page, how one gets there. */
  readonly where?: string;
  readonly note?: string;
  /** Of whoever reports and wants to be asked; absent for those who stay unnamed. */
  readonly email?: string;
}

export type UrlReportFault = 'url-needed' | 'url-unusable' | 'text-too-long' | 'moment-unusable' | 'email-unusable';

/** Characters at most, of what the protocol or a reader can take. */
export const longest = { url: 2083, where: 500, note: 3000, email: 255 } as const;

const usable = new Set(['http:', 'https:', 'ftp:', 'magnet:']);

/** The checked report; texts without what no document can hold. */
export const checkUrlReport = (given: UrlReport, now: UtcInstant): Outcome<UrlReport, UrlReportFault> => {
  const told = textsOf(given);
  if (told.url === undefined) return refused('url-needed', 'a report names an address');
  for (const [name, most] of Object.entries(longest)) {
    const text = told[name as keyof typeof longest];
    if (text !== undefined && text.length > most) {
      return refused('text-too-long', `${name} has more than ${most} characters`);
    }
  }
  if (!URL.canParse(told.url) || !usable.has(new URL(told.url).protocol)) {
    return refused('url-unusable', 'the address is none of the web, such as https://site.example/page');
  }
  if (told.email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(told.email)) {
    return refused('email-unusable', 'this is no e-mail address');
  }
  const seenAt = momentOf(told.seenAt);
  if (told.seenAt !== undefined && (seenAt === undefined || seenAt > now)) {
    return refused('moment-unusable', 'seenAt is a moment or a day that is past');
  }
  const { url, where, note, email } = told;
  return done({
    url,
    ...(seenAt !== undefined && { seenAt }),
    ...(where !== undefined && { where }),
    ...(note !== undefined && { note }),
    ...(email !== undefined && { email }),
  });
};

type Texts = Partial<Record<keyof UrlReport, string>>;

const textsOf = (given: UrlReport): Texts =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) => {
      const clean = writableText(text).trim();
      return clean === '' ? [] : [[name, clean]];
    }),
  );

const momentOf = (text: string | undefined): UtcInstant | undefined => {
  if (text === undefined) return undefined;
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  const date = parseInstant(moment);
  return date === undefined ? undefined : (new Date(date).toISOString() as UtcInstant);
};

/** As the protocol has it, so that it is triaged like any other report. Nobody is reported: an address says no name. */
export const reportOfUrl = ({ url, seenAt, where, note, email }: UrlReport, at: UtcInstant): Report => ({
  incidentSummary: {
    incidentType: 'Child Pornography (possession, manufacture, and distribution)',
    incidentDateTime: seenAt ?? at,
    incidentDateTimeDescription: seenAt === undefined ? 'Received then; when it was seen was not said.' : 'Seen then.',
  },
  internetDetails: [{ webPageIncident: { url: [url], ...(where !== undefined && { additionalInfo: where }) } }],
  reporter: { reportingPerson: email === undefined ? {} : { email: [{ value: email }] } },
  ...(note !== undefined && { additionalInfo: note }),
});
