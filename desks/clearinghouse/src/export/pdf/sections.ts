import type { Report } from '@tutela/cybertip';
import type { Signal } from '../../location/location.js';
import type { Disclosure } from '../disclose.js';
import { type Block, type Fact, facts, heading, note, section } from './blocks.js';
import { factsOf, notStated, remainingFacts, textOr } from './facts.js';
import { uploadedFiles } from './files.js';
import { emailText, reportedPeople } from './people.js';
import { signalled } from './signalled.js';

/** A report in the sections in which police know it (protocols.md §2.1). Nothing is left out, nothing interpreted. */
export const sectionsOf = (disclosure: Disclosure): readonly Block[] => [
  ...summary(disclosure),
  section('Section A: What the reporter sent'),
  ...reporterBlocks(disclosure),
  ...incidentBlocks(disclosure.report),
  ...reportedPeople(disclosure.report),
  ...uploadedFiles(disclosure.files),
  section('Section B: Added automatically'),
  ...automated(disclosure),
  section('Section C: Added by analysts'),
  ...analysts(disclosure.report),
  section('Section D: Made available to'),
  ...addressee(disclosure),
];

const summary = (disclosure: Disclosure): readonly Block[] => {
  const { reportNumber, organisation, report, files } = disclosure;
  return [
    { kind: 'title', text: `Report ${reportNumber}` },
    facts(
      ['Date received', disclosure.finishedAt],
      ['Report number', reportNumber],
      ['Reporting service', organisation],
      ['Incident type', report.incidentSummary.incidentType],
      ['Files', String(files.length)],
      ['Viewed by the reporter', viewedSummary(disclosure)],
      ['Country', countryText(disclosure)],
    ),
    heading('Three different times'),
    ...times(disclosure),
  ];
};

const viewedSummary = ({ files }: Disclosure): string => {
  const count = (value: boolean | undefined): number =>
    files.filter(({ details }) => (details ?? undefined)?.fileViewedByEsp === value).length;
  return `yes: ${count(true)}, no: ${count(false)}, not stated: ${count(undefined)}`;
};

const times = ({ report, files, openedAt, finishedAt }: Disclosure): readonly Block[] => {
  const { incidentDateTime, incidentDateTimeDescription } = report.incidentSummary;
  const uploads = files.flatMap(({ details }) => details?.uploadedToEspTimestamp ?? []).toSorted();
  const [first, last] = [uploads[0], uploads.at(-1)];
  const range = first === undefined ? notStated : first === last ? first : `${first} to ${last}`;
  return [
    facts(
      ['Incident, as stated', incidentDateTime],
      ['What that time is', textOr(incidentDateTimeDescription)],
      ['Uploads to the reporter', `${range} (${uploads.length} of ${files.length} files)`],
      ['Report opened', openedAt],
      ['Report finished', finishedAt],
    ),
    note(
      'The time of an incident is often the moment of its detection, not of the act. The report has no field for the ' +
        'time of detection; where the reporter tells it in words, the words stand with the incident or the file.',
    ),
  ];
};

const reporterBlocks = ({ organisation, report: { reporter } }: Disclosure): readonly Block[] => {
  const { reportingPerson: person } = reporter;
  const name = [person.firstName, person.lastName].filter((part) => part !== undefined).join(' ');
  return [
    heading('Reporting service and guidance for legal process'),
    facts(
      ['Reporting service', organisation],
      ['Reporting person', textOr(name)],
      ['E-mail', emailText(person)],
      ['Legal process address', textOr(reporter.legalURL)],
      ['Company’s guidance', textOr(reporter.companyTemplate)],
      ...remainingFacts(person, ['firstName', 'lastName', 'email']),
      ...remainingFacts(reporter, ['reportingPerson', 'legalURL', 'companyTemplate']),
    ),
  ];
};

const incidentBlocks = (report: Report): readonly Block[] => [
  heading('Incident'),
  facts(
    ['Incident type', report.incidentSummary.incidentType],
    ...remainingFacts(report.incidentSummary, ['incidentType']),
    ...factsOf('Batched report', report.batchedReport),
    ...factsOf('Law enforcement', report.lawEnforcement),
    ['Additional information', textOr(report.additionalInfo)],
  ),
  ...(report.internetDetails ?? []).flatMap((details, at): readonly Block[] => [
    heading(`Where it happened ${at + 1}`),
    facts(...remainingFacts(details, [])),
  ]),
];

const reasons = {
  'possible-proxy': 'possible proxy',
  'not-in-range-data': 'not in the range data',
  tor: 'Tor relay, by the list of relays',
  hosting: 'hosting, by the list of relays',
  proxy: 'proxy, by the list of relays',
} as const;
const signalText = ({ country, weight, reason, path }: Signal): string =>
  `${country ?? 'no country'}: ${weight === 'decides' ? 'decides' : 'shown, decides nothing'}` +
  `${reason === undefined ? '' : ` (${reasons[reason]})`}; ${path}`;

const automated = (disclosure: Disclosure): readonly Block[] => {
  const { location } = disclosure;
  const signals = location?.signals ?? [];
  const source: readonly Fact[] =
    location === undefined || location.sources.length === 0
      ? [['Range data', 'none was used']]
      : location.sources.flatMap(({ name, date, sha256 }): readonly Fact[] => [
          ['Range data', `${name}, ${date}`],
          ['SHA-256 of the range data', sha256],
        ]);
  return [
    heading('Countries of the addresses in the report'),
    signals.length === 0
      ? note('The report has no address that could point at a country.')
      : facts(...signals.map((signal): Fact => [signalled(disclosure, signal), signalText(signal)])),
    facts(...source),
  ];
};

const analysts = (report: Report): readonly Block[] => {
  const people = [
    ...(report.personOrUserReported ?? []),
    ...(report.intendedRecipient ?? []),
    ...(report.victim ?? []),
  ];
  const earlier = [...new Set(people.flatMap(({ priorCTReports = [] }) => priorCTReports))];
  return [
    facts(['Earlier reports that the reporter names', earlier.length === 0 ? 'none' : earlier.join(', ')]),
    note('No analyst of this clearinghouse has added anything to the report.'),
  ];
};

const countryText = ({ location }: Disclosure): string => {
  if (location === undefined || location.outcome === 'unknown') return 'unknown';
  const countries = location.countries.join(', ');
  return location.outcome === 'conflicting' ? `${countries} (signals disagree)` : countries;
};

const addressee = (disclosure: Disclosure): readonly Block[] => [
  facts(['Points at', countryText(disclosure)], ['Found at', textOr(disclosure.location?.made_at)]),
  note('Who was given this document, and when, is in the ledger of the clearinghouse.'),
];
