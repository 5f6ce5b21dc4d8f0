import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '@tutela/core';
import type { Report, ReportNumber } from '@tutela/cybertip';

export type BundleKind = 'file' | 'picture' | 'account' | 'incident';

/** What may tie a report to others: equal keys of one kind belong together. */
export interface BundleKey {
  readonly reportNumber: ReportNumber;
  readonly kind: BundleKind;
  /** A digest, or a number of a report: never the identifier itself. */
  readonly key: string;
  /** What has to differ within a bundle. */
  readonly variant: string;
  /** Which place of the report has it, for whoever looks at the bundle. */
  readonly because: JsonObject;
}

interface Filed {
  readonly reportNumber: ReportNumber;
  readonly report: Report;
  /** Of the service that filed it. */
  readonly organisation: string;
  readonly files: readonly { readonly file_id: string; readonly sha256: string }[];
}

/** The keys that a report has by itself; what its pictures look like is found apart. Pure. */
export const keysOf = (filed: Filed): readonly BundleKey[] => [
  ...fileKeys(filed),
  ...(filed.report.batchedReport === undefined ? accountKeys(filed) : []),
  ...incidentKeys(filed),
];

const fileKeys = ({ reportNumber, files }: Filed): readonly BundleKey[] => {
  const first = new Map(files.toReversed().map((file) => [file.sha256, file]));
  return [...first.values()].map(({ file_id, sha256 }) => ({
    reportNumber,
    kind: 'file',
    key: sha256,
    variant: reportNumber,
    because: { file: file_id, sha256 },
  }));
};

type Person = NonNullable<Report['personOrUserReported']>[number];

/**
 * Of each reported account the strongest identifier, within the service that has it: a name is somebody else's on another
 * service. Whoever was merely sent something is no account to bundle by.
 */
const accountKeys = ({ reportNumber, report, organisation }: Filed): readonly BundleKey[] =>
  (report.personOrUserReported ?? []).flatMap((person, at) => {
    const [member, value] = identifierOf(person) ?? [];
    if (member === undefined || value === undefined) return [];
    const service = plain(person.espService ?? organisation);
    const because = { path: `/report/personOrUserReported[${at + 1}]/${member}`, service };
    return [
      { reportNumber, kind: 'account', key: digest({ service, member, value }), variant: reportNumber, because },
    ] as const;
  });

const identifierOf = (person: Person): readonly [string, string] | undefined => {
  const { espIdentifier, profileUrl, screenName, personOrUserReportedPerson } = person;
  const email = personOrUserReportedPerson?.email?.[0]?.value;
  const found: readonly (readonly [string, string | undefined])[] = [
    ['espIdentifier', espIdentifier?.trim()],
    ['profileUrl', profileUrl?.[0] && pageOf(profileUrl[0])],
    ['screenName', screenName && plain(screenName)],
    ['personOrUserReportedPerson/email', email && plain(email)],
  ];
  return found.find((pair): pair is readonly [string, string] => (pair[1] ?? '') !== '');
};

/** The same page told of by several, and reports that name an earlier one. */
const incidentKeys = ({ reportNumber, report }: Filed): readonly BundleKey[] => {
  const pages = (report.internetDetails ?? []).flatMap((details, at) =>
    ('webPageIncident' in details ? (details.webPageIncident.url ?? []) : []).flatMap((url, place) => {
      const page = pageOf(url);
      const path = `/report/internetDetails[${at + 1}]/webPageIncident/url[${place + 1}]`;
      return page === undefined || isFrontPage(page) ? [] : [incidentKey(reportNumber, digest({ page }), { path })];
    }),
  );
  const people = [...(report.personOrUserReported ?? []), ...(report.victim ?? [])];
  const earlier = new Set(people.flatMap(({ priorCTReports = [] }) => priorCTReports));
  const following = [...earlier].flatMap((prior) => {
    const because = { path: 'priorCTReports', followed: prior };
    // Whoever is followed up belongs to it as well, and need not say so.
    return [incidentKey(reportNumber, prior, because), incidentKey(prior, prior, because)];
  });
  return [...pages, ...following];
};

const incidentKey = (reportNumber: ReportNumber, key: string, because: JsonObject): BundleKey => ({
  reportNumber,
  kind: 'incident',
  key,
  variant: reportNumber,
  because,
});

/** A page's address without what browsers do not send, and without capitals where they do not count (RFC 3986 §6.2.2). */
const pageOf = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  url.hash = '';
  return url.href.replace(/\/$/, '');
};

/** A whole site is no incident. */
const isFrontPage = (page: string): boolean => {
  const { pathname, search } = new URL(page);
  return pathname === '/' && search === '';
};

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

const digest = (of: JsonObject): string => createHash('sha256').update(canonicalJson(of)).digest('hex');
