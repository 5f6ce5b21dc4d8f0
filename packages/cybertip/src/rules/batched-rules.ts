import type { FileDetails, Report } from '../schema/documents.js';
import type { Breach, Rule } from './rule.js';

/**
 * A batched report names one viral file and its many posters (protocols.md §1.8). The service checks this at
 * `/finish`, when it has all files.
 */
const forbiddenInReport = [
  'internetDetails',
  'lawEnforcement',
  'intendedRecipient',
  'victim',
  'additionalInfo',
] as const satisfies readonly (keyof Report)[];

const forbiddenInFile = [
  'originalFileName',
  'locationOfFile',
  'originalFileHash',
  'ipCaptureEvent',
  'deviceId',
  'details',
  'additionalInfo',
] as const satisfies readonly (keyof FileDetails)[];

const isGiven = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

const notInBatch = (path: string): Breach => ({
  path,
  message: 'a batched report may not hold this',
  remedy: 'Leave it out, or file an ordinary report for this person.',
});

const onlyIdentifiers: Rule<Report> = {
  id: 'batched.only-identifiers',
  source: 'protocols.md §1.8',
  breaches: (report) => [
    ...forbiddenInReport.filter((name) => isGiven(report[name])).map((name) => notInBatch(`/report/${name}`)),
    ...(report.incidentSummary.escalateToHighPriority === undefined
      ? []
      : [notInBatch('/report/incidentSummary/escalateToHighPriority')]),
    ...(report.personOrUserReported ?? []).flatMap((person, at) =>
      Object.entries(person)
        .filter(([name, value]) => name !== 'espIdentifier' && isGiven(value))
        .map(([name]) => notInBatch(`/report/personOrUserReported[${at + 1}]/${name}`)),
    ),
  ],
};

const viralFile: Rule<FileDetails> = {
  id: 'batched.viral-file',
  source: 'protocols.md §1.8',
  breaches: (file) => [
    ...forbiddenInFile.filter((name) => isGiven(file[name])).map((name) => notInBatch(`/fileDetails/${name}`)),
    ...annotationBreaches(file),
    ...(file.fileRelevance === 'Supplemental Reported' ? [notInBatch('/fileDetails/fileRelevance')] : []),
  ],
};

const annotationBreaches = ({ fileAnnotations = {}, potentialMeme }: FileDetails): readonly Breach[] => {
  const given = Object.keys(fileAnnotations).filter((name) => isGiven(fileAnnotations[name as 'viral']));
  const others = given.filter((name) => name !== 'viral' && name !== 'potentialMeme');
  const marked = potentialMeme === true || given.length > others.length;
  return [
    ...others.map((name) => notInBatch(`/fileDetails/fileAnnotations/${name}`)),
    ...(marked
      ? []
      : [
          {
            path: '/fileDetails/fileAnnotations',
            message: 'the file of a batched report is not marked viral or potentialMeme',
            remedy: 'Mark it viral, potentialMeme or both.',
          },
        ]),
  ];
};

export const batchedReportRules: readonly Rule<Report>[] = [onlyIdentifiers];
export const batchedFileRules: readonly Rule<FileDetails>[] = [viralFile];

/** The batch as a whole: one file at most, and it carries details that mark it. */
export const batchRules: readonly Rule<readonly (FileDetails | undefined)[]>[] = [
  {
    id: 'batched.one-file',
    source: 'protocols.md §1.8',
    breaches: (files) =>
      files.length > 1
        ? [
            {
              path: '/report',
              message: `a batched report holds one file at most, this one has ${files.length}`,
              remedy: 'Retract it and file again with one file.',
            },
          ]
        : [],
  },
  {
    id: 'batched.marked-file',
    source: 'protocols.md §1.8',
    breaches: (files) =>
      files.includes(undefined)
        ? [
            {
              path: '/fileDetails',
              message: 'the file of a batched report has no details',
              remedy: 'Send its details with viral or potentialMeme before finishing.',
            },
          ]
        : [],
  },
];
