import type { Outcome } from '@tutela/core';
import { TutelaError } from '../tutela-error.js';

/** What to do about a refusal of the investigator's desk, by its code. */
const advice: Readonly<Record<string, string>> = {
  'unknown-case': 'tutela case list names the cases.',
  'known-already': 'Choose another one, or go on with the one that is there.',
  closed: 'Nothing is added to a closed case.',
  'unknown-exhibit': 'tutela exhibit list names the exhibits of a case.',
  'unknown-report': 'tutela report import imports it first.',
  'under-way': 'tutela seize run goes on with it.',
  ended: 'There is nothing left to do.',
  'authority-unknown': 'tutela authority-registry list names the authorities.',
  'unreadable-registry': 'docs/clearinghouse.md says how a registry is written.',
  'unknown-authority': 'tutela authority list names the authorities of a case.',
};

/** The value of what was done. @throws TutelaError `usage` when it was refused */
export const accepted = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind === 'done') return outcome.value;
  const { code, message } = outcome.reason;
  throw new TutelaError(
    'usage',
    `Refused: ${message} (${code}).`,
    advice[code] ?? 'docs/authority.md says what is asked.',
  );
};
