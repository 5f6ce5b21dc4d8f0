import type { FileDetails, Report } from '../schema/documents.js';
import type { Advice, Prediction } from './advice.js';
import { adviseOnFile } from './file-advice.js';
import { adviseOnPerson, isIdentified, isLocated } from './person-advice.js';

/** A report as it stands before `/finish`: `undefined` for a file without details. */
export interface Draft {
  readonly report: Report;
  readonly files: readonly (FileDetails | undefined)[];
}

/** Advice on a draft, the gravest first. It judges completeness only, never what the material is. */
export const adviseOn = ({ report, files }: Draft): readonly Advice[] => {
  if (report.batchedReport !== undefined) return [];
  const advice = [
    ...(report.personOrUserReported ?? []).flatMap((person, at) =>
      adviseOnPerson(person, `/report/personOrUserReported[${at + 1}]`),
    ),
    ...files.flatMap((details, at) => adviseOnFile(details, `/fileDetails[${at + 1}]`)),
    ...adviseOnIncident(report),
  ];
  const order: readonly Advice['weight'][] = ['attribution', 'warrant', 'context'];
  return advice.toSorted((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
};

const adviseOnIncident = ({ internetDetails = [], incidentSummary }: Report): readonly Advice[] => [
  ...(internetDetails.length === 0
    ? [
        {
          id: 'incident.where',
          path: '/report/internetDetails',
          weight: 'context',
          missing: 'where it happened (a page, a chat, an e-mail …)',
          reason: 'Whoever reads the report does not know the service.',
          source: 'protocols.md §2.4 row 2',
          remedy: 'Add the matching kind of incident with its address or content.',
        } as const,
      ]
    : []),
  ...(incidentSummary.incidentDateTimeDescription === undefined
    ? [
        {
          id: 'incident.time-meaning',
          path: '/report/incidentSummary/incidentDateTimeDescription',
          weight: 'context',
          missing: 'what the incident time is the time of',
          reason: 'Upload, detection and report are three moments, and this one field is read as any of them.',
          source: 'protocols.md §2.1, §2.4 row 11',
          remedy: 'Say in words whether it is the act or its detection.',
        } as const,
      ]
    : []),
];

/** Predicts the label from the published criteria: user details, imagery and a possible location (protocols.md §2.1). */
export const predict = ({ report, files }: Draft): Prediction => {
  const because = [...viralReasons({ report, files }), ...missingReasons({ report, files })].map((reason) => ({
    ...reason,
    source: 'Global Platform for Child Exploitation Policy; protocols.md §2.1',
  }));
  return { label: because.length === 0 ? 'referral' : 'informational', because };
};

const viralReasons = ({ report, files }: Draft) => [
  ...(report.batchedReport === undefined
    ? []
    : [{ path: '/report/batchedReport', reason: 'a viral file or a meme, bundled' }]),
  ...(report.incidentSummary.reportAnnotations?.informational === undefined
    ? []
    : [{ path: '/report/incidentSummary/reportAnnotations/informational', reason: 'the reporter marked it so' }]),
  ...(files.length > 0 && files.every((file) => isViral(file))
    ? [{ path: '/fileDetails', reason: 'every file is marked viral or a potential meme' }]
    : []),
];

const isViral = (file: FileDetails | undefined): boolean =>
  file?.potentialMeme === true ||
  file?.fileAnnotations?.viral !== undefined ||
  file?.fileAnnotations?.potentialMeme !== undefined;

const missingReasons = ({ report, files }: Draft) => {
  const people = report.personOrUserReported ?? [];
  const located = people.some(isLocated) || files.some((file) => file?.ipCaptureEvent?.dateTime !== undefined);
  const hasContent = (report.internetDetails ?? []).some((it) => Object.values(it).some((of) => 'content' in of));
  const person = '/report/personOrUserReported';
  return [
    ...(people.some(isIdentified) ? [] : [{ path: person, reason: 'nothing identifies the user' }]),
    ...(located ? [] : [{ path: person, reason: 'nothing tells where the user is' }]),
    ...(files.length > 0 || hasContent
      ? []
      : [{ path: '/fileDetails', reason: 'no file and no text of what was said' }]),
  ];
};
