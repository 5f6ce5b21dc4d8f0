import { parseInstant, type UtcInstant } from '@tutela/core';
import type { FileDetails, Report } from '@tutela/cybertip';
import type { TriagePolicy } from './policy.js';

/**
 * What speaks for a child in danger now, and what says that the reported person may be no suspect (protocols.md §8.1).
 * Each is read from what the reporter stated; nothing is guessed from pictures.
 */
export const priorityFactIds = [
  'escalated',
  'live-streaming',
  'victim-named',
  'travel',
  'plan-to-meet',
  'molestation',
  'trafficking',
  'enticement',
  'sextortion',
  'sadistic-exploitation',
  'infant',
  'physical-harm',
  'young-child',
  'aggravating',
  'recent',
  'earlier-reports',
  'account-active',
  'compromised-account',
  'possible-self-production',
  'minor-to-minor',
  'recipient-only',
  'viral',
] as const;
export type PriorityFactId = (typeof priorityFactIds)[number];

/** What is judged: a finished report, and what the desk knew when it was judged. */
export interface Case {
  readonly report: Report;
  /** `undefined` for a file of which nothing was said. */
  readonly files: readonly (FileDetails | undefined)[];
  readonly finishedAt: UtcInstant;
  /** Earlier reports of the same account here. */
  readonly earlierReports: number;
}

/** Where each fact was found; a fact without a place is absent. */
export const priorityPlaces = (item: Case, policy: TriagePolicy): ReadonlyMap<PriorityFactId, string> =>
  new Map(
    priorityFactIds.flatMap((id) => {
      const path = find[id](item, policy);
      return path === undefined ? [] : [[id, path] as const];
    }),
  );

type Find = (item: Case, policy: TriagePolicy) => string | undefined;

const incident = '/report/incidentSummary';
const at = (path: string, found: unknown): string | undefined =>
  found === undefined || found === false ? undefined : path;

const typed =
  (...types: readonly Report['incidentSummary']['incidentType'][]): Find =>
  ({ report }) =>
    at(`${incident}/incidentType`, types.includes(report.incidentSummary.incidentType));

type ReportFlag = keyof NonNullable<Report['incidentSummary']['reportAnnotations']>;
const annotated =
  (...flags: readonly ReportFlag[]): Find =>
  ({ report: { incidentSummary } }) => {
    const flag = flags.find((name) => incidentSummary.reportAnnotations?.[name] !== undefined);
    return flag && `${incident}/reportAnnotations/${flag}`;
  };

const inFile = (item: Case, member: string, holds: (file: FileDetails) => boolean): string | undefined => {
  const place = item.files.findIndex((file) => file !== undefined && holds(file));
  return place === -1 ? undefined : `/fileDetails[${place + 1}]/${member}`;
};

type FileFlag = keyof NonNullable<FileDetails['fileAnnotations']>;
const marked =
  (...flags: readonly FileFlag[]) =>
  (item: Case): string | undefined =>
    flags
      .map((flag) =>
        inFile(item, `fileAnnotations/${flag}`, ({ fileAnnotations }) => fileAnnotations?.[flag] !== undefined),
      )
      .find((path) => path !== undefined);

const people = ({ report }: Case) => report.personOrUserReported ?? [];

const find: Readonly<Record<PriorityFactId, Find>> = {
  escalated: ({ report }) => at(`${incident}/escalateToHighPriority`, report.incidentSummary.escalateToHighPriority),
  'live-streaming': marked('liveStreaming'),
  'victim-named': ({ report: { victim = [] } }) => {
    const place = victim.findIndex(isNamed);
    return place === -1 ? undefined : `/report/victim[${place + 1}]`;
  },
  travel: typed('Child Sex Tourism'),
  'plan-to-meet': (item, { phrases }) => planToMeet(item, phrases),
  molestation: typed('Child Sexual Molestation'),
  trafficking: typed('Child Sex Trafficking'),
  enticement: typed('Online Enticement of Children for Sexual Acts'),
  sextortion: annotated('sextortion'),
  'sadistic-exploitation': annotated('sadisticOnlineExploitation'),
  infant: marked('infant'),
  'physical-harm': marked('physicalHarm', 'violenceGore'),
  'young-child': (item) =>
    inFile(item, 'industryClassification', ({ industryClassification: of }) => of === 'A1' || of === 'A2'),
  aggravating: annotated('potentialAggravatingFactors', 'instrumentalUse'),
  recent: (item, { recentDays }) => at(`${incident}/incidentDateTime`, isRecent(item, recentDays)),
  'earlier-reports': ({ earlierReports }) => at('/clearinghouse/earlierReports', earlierReports > 0),
  'account-active': (item) => {
    const place = people(item).findIndex(
      (person) =>
        person.accountPermanentlyDisabled?.value === false || person.accountTemporarilyDisabled?.value === false,
    );
    return place === -1 ? undefined : `/report/personOrUserReported[${place + 1}]`;
  },
  'compromised-account': (item) => {
    const place = people(item).findIndex(({ compromisedAccount }) => compromisedAccount === true);
    return place === -1 ? undefined : `/report/personOrUserReported[${place + 1}]/compromisedAccount`;
  },
  'possible-self-production': marked('possibleSelfProduction'),
  'minor-to-minor': annotated('minorToMinorInteraction'),
  'recipient-only': (item) =>
    at('/report/intendedRecipient', people(item).length === 0 && (item.report.intendedRecipient ?? []).length > 0),
  viral: (item) =>
    at('/report/batchedReport', item.report.batchedReport) ??
    inFile(item, 'potentialMeme', ({ potentialMeme }) => potentialMeme === true) ??
    marked('viral', 'potentialMeme')(item),
};

type Victim = NonNullable<Report['victim']>[number];
/** Somebody could find this child by what the report says. */
const isNamed = ({ victimPerson, screenName, espIdentifier, schoolName, profileUrl = [] }: Victim): boolean =>
  [victimPerson.firstName, victimPerson.lastName, screenName, espIdentifier, schoolName].some(
    (text) => (text ?? '').trim() !== '',
  ) ||
  profileUrl.length > 0 ||
  (victimPerson.phone?.length ?? 0) + (victimPerson.email?.length ?? 0) + (victimPerson.address?.length ?? 0) > 0;

const isRecent = ({ report, finishedAt }: Case, days: number): boolean => {
  const happened = parseInstant(report.incidentSummary.incidentDateTime);
  return happened !== undefined && Date.parse(finishedAt) - Date.parse(happened) <= days * 86_400_000;
};

/** Lower case without accents, one space between words. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ');

const planToMeet = ({ report }: Case, phrases: readonly string[]): string | undefined => {
  const wanted = phrases.map(plain);
  for (const [place, details] of (report.internetDetails ?? []).entries()) {
    for (const [kind, of] of Object.entries(details)) {
      for (const [member, text] of Object.entries(of)) {
        if (typeof text === 'string' && wanted.some((phrase) => plain(text).includes(phrase))) {
          return `/report/internetDetails[${place + 1}]/${kind}/${member}`;
        }
      }
    }
  }
  return wanted.some((phrase) => plain(report.additionalInfo ?? '').includes(phrase))
    ? '/report/additionalInfo'
    : undefined;
};
