import type { Report } from '../schema/documents.js';
import type { Breach, Rule } from './rule.js';

type Person = NonNullable<Report['reporter']['reportingPerson']>;
type Account = NonNullable<NonNullable<Report['victim']>[number]['associatedAccount']>[number];

const onePerson: Rule<Report> = {
  id: 'report.one-person-unless-batched',
  source: 'protocols.md §1.9 row 5',
  breaches: (report) =>
    report.batchedReport === undefined && (report.personOrUserReported?.length ?? 0) > 1
      ? [
          {
            path: '/report/personOrUserReported[2]',
            message: 'a report that is not batched names one reported person at most',
            remedy: 'File one report per person, or mark a viral file with batchedReport.',
          },
        ]
      : [],
};

const reporterEmail: Rule<Report> = {
  id: 'report.reporter-email',
  source: 'protocols.md §1.9 row 6',
  breaches: (report) =>
    (report.reporter.reportingPerson.email?.length ?? 0) > 0
      ? []
      : [
          {
            path: '/report/reporter/reportingPerson',
            message: 'the reporter has no e-mail address',
            remedy: 'Give the address at which the clearinghouse can ask back.',
          },
        ],
};

const incidentEmails: Rule<Report> = {
  id: 'report.incident-email-of-a-person',
  source: 'protocols.md §1.7, internetDetails',
  breaches: (report) => {
    const known = new Set(peopleOf(report).flatMap((person) => (person.email ?? []).map(({ value }) => fold(value))));
    return (report.internetDetails ?? []).flatMap((details, at) =>
      'emailIncident' in details
        ? (details.emailIncident.emailAddress ?? []).flatMap(({ value }, place): readonly Breach[] =>
            known.has(fold(value))
              ? []
              : [
                  {
                    path: `/report/internetDetails[${at + 1}]/emailIncident/emailAddress[${place + 1}]`,
                    message: 'the address belongs to nobody in the report',
                    remedy: 'Give it under the reported person, the recipient or the victim as well.',
                  },
                ],
          )
        : [],
    );
  },
};

const ageOrBirth: Rule<Report> = {
  id: 'report.age-or-birth-date',
  source: 'protocols.md §1.7, associatedAccount',
  breaches: (report) =>
    accountsOf(report).flatMap(({ account, path }) =>
      account.approximateAge !== undefined && account.dateOfBirth !== undefined
        ? [{ path, message: 'both age and date of birth are given', remedy: 'Give the date of birth alone.' }]
        : [],
    ),
};

/** Rules for every report (protocols.md §1.7–§1.9); those for batched ones are in `batched-rules.ts`. */
export const reportRules: readonly Rule<Report>[] = [onePerson, reporterEmail, incidentEmails, ageOrBirth];

const fold = (address: string): string => address.trim().toLowerCase();

const peopleOf = (report: Report): readonly Person[] =>
  [
    ...(report.personOrUserReported ?? []).map((it) => it.personOrUserReportedPerson),
    ...(report.intendedRecipient ?? []).map((it) => it.intendedRecipientPerson),
    ...(report.victim ?? []).map((it) => it.victimPerson),
  ].filter((person) => person !== undefined);

const accountsOf = (report: Report): readonly { readonly account: Account; readonly path: string }[] =>
  (['personOrUserReported', 'victim'] as const).flatMap((role) =>
    (report[role] ?? []).flatMap(({ associatedAccount = [] }, at) =>
      associatedAccount.map((account, place) => ({
        account,
        path: `/report/${role}[${at + 1}]/associatedAccount[${place + 1}]`,
      })),
    ),
  );
