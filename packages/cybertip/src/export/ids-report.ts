import type { JsonObject, UtcInstant } from '@tutela/core';
import type { Report } from '../schema/documents.js';
import type { ReportNumber } from '../schema/values.js';
import { idsMoment, sourceInformation, urlCapture } from './captures.js';
import { idsFile, type ReceivedFile } from './ids-file.js';
import { idsPerson, verifiable } from './ids-person.js';
import { additionalInformations, remainderOf } from './remainder.js';

export interface ReceivedReport {
  readonly reportId: ReportNumber;
  readonly receivedAt: UtcInstant;
  /** Name of the reporting service. */
  readonly organisation: string;
  readonly report: Report;
  readonly files: readonly ReceivedFile[];
}

/**
 * A report in the JSON in which police receive it, as far as that form is known from open parsers (protocols.md §2.2):
 * members are there or `null`, lists are wrapped, moments are whole seconds in UTC. What the form has no member for
 * stands as text under `additionalInformations`. Write it as UTF-8 without a byte order mark: one of the two open
 * parsers fails on a mark, both read without.
 */
export const toIdsJson = ({ reportId, receivedAt, organisation, report, files }: ReceivedReport): JsonObject => {
  const { incidentSummary: summary, reporter } = report;
  const people = report.personOrUserReported ?? [];
  const recipients = report.intendedRecipient ?? [];
  return {
    reportId,
    dateReceived: idsMoment(receivedAt),
    reportedInformation: {
      reportingEsp: {
        espName: organisation,
        firstName: reporter.reportingPerson.firstName ?? null,
        lastName: reporter.reportingPerson.lastName ?? null,
        emails: (reporter.reportingPerson.email ?? []).map(verifiable),
        companyTemplate: reporter.companyTemplate ?? null,
        legalUrl: reporter.legalURL ?? null,
      },
      incidentSummary: {
        incidentType: summary.incidentType,
        incidentDateTime: idsMoment(summary.incidentDateTime),
        incidentDateTimeDescription: summary.incidentDateTimeDescription ?? null,
        platform: summary.platform ?? null,
        escalateToHighPriority: summary.escalateToHighPriority ?? null,
      },
      incidentDetails: incidentDetails(report),
      reportedPeople: { reportedPersons: people.map((it) => idsPerson(it, it.personOrUserReportedPerson)) },
      intendedRecipients: { intendedRecipients: recipients.map((it) => idsPerson(it, it.intendedRecipientPerson)) },
      uploadedFiles: { uploadedFiles: files.map(idsFile) },
      additionalInformations: additionalInformations([report.additionalInfo, ...remainder(report)]),
    },
  };
};

const remainder = (report: Report): readonly string[] => [
  ...remainderOf(report, mapped),
  ...remainderOf({ reportAnnotations: report.incidentSummary.reportAnnotations }, []),
  ...remainderOf(report.reporter, ['reportingPerson', 'companyTemplate', 'legalURL']),
  ...remainderOf(report.reporter.reportingPerson, ['firstName', 'lastName', 'email']),
  ...(idsMoment(report.incidentSummary.incidentDateTime) === null
    ? [`incidentDateTime as stated: ${report.incidentSummary.incidentDateTime}`]
    : []),
];
const mapped = [
  'incidentSummary',
  'internetDetails',
  'reporter',
  'personOrUserReported',
  'intendedRecipient',
  'additionalInfo',
];

/** One list per kind of incident, named as §2.2 has it: `webpageIncident`, `emailIncident`, … */
const incidentDetails = (report: Report): JsonObject => {
  const lists: Record<string, JsonObject[]> = {};
  for (const details of report.internetDetails ?? []) {
    const [[kind, incident] = ['', {}]] = Object.entries(details) as [string, Incident][];
    const name = kind === 'webPageIncident' ? 'webpageIncident' : kind;
    const list = lists[name] ?? [];
    list.push(idsIncident(incident));
    lists[name] = list;
  }
  return lists;
};

interface Incident {
  readonly url?: readonly string[];
  readonly content?: string;
  readonly additionalInfo?: string;
}

const idsIncident = (incident: Incident): JsonObject => ({
  sourceInformation: sourceInformation((incident.url ?? []).map((address) => urlCapture('URL', address))),
  contents: [{ value: incident.content ?? '' }],
  additionalInformations: additionalInformations([
    incident.additionalInfo,
    ...remainderOf(incident, ['url', 'content', 'additionalInfo']),
  ]),
});
