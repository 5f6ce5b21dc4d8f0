import type { Report } from '../schema/documents.js';
import type { ReportNumber } from '../schema/values.js';

/** A report that another one names as earlier, and where. */
export interface Prior {
  readonly path: string;
  readonly number: ReportNumber;
}

const roles = ['personOrUserReported', 'intendedRecipient', 'victim'] as const;

/** Every earlier report named in `priorCTReports` and in accounts' `priorCTReport`. */
export const priorReports = (report: Report): readonly Prior[] =>
  roles.flatMap((role) =>
    (report[role] ?? []).flatMap((person, at) => {
      const path = `/report/${role}[${at + 1}]`;
      const accounts = 'associatedAccount' in person ? (person.associatedAccount ?? []) : [];
      return [
        ...numbered(`${path}/priorCTReports`, person.priorCTReports),
        ...accounts.flatMap(({ priorCTReport }, place) =>
          numbered(`${path}/associatedAccount[${place + 1}]/priorCTReport`, priorCTReport),
        ),
      ];
    }),
  );

const numbered = (path: string, numbers: readonly ReportNumber[] = []): readonly Prior[] =>
  numbers.map((number, at) => ({ path: `${path}[${at + 1}]`, number }));
