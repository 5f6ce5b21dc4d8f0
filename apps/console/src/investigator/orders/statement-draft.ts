import type { ReportStatementBody } from '@tutela/investigator-desk/api';

/** What is typed of a report's addresses. */
export interface StatementDraft extends Omit<ReportStatementBody, 'clockError'> {
  /** Seconds; empty where nobody knows. */
  readonly clock: string;
}

export const emptyStatement: StatementDraft = { protocol: 'unknown', clock: '', documentation: 'refuse' };

/** As the node takes it (`reportStatement` of the desk's schemas). */
const secondsForm = /^\d{1,7}(\.\d{1,9})?$/;

/** `undefined` while the seconds are no number. */
export const clockErrorOf = ({ clock }: Pick<StatementDraft, 'clock'>): string | undefined => {
  const seconds = clock.trim();
  if (seconds === '') return 'unknown';
  return secondsForm.test(seconds) ? seconds : undefined;
};
