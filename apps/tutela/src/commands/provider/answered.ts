import type { Outcome } from '@tutela/core';
import type { ProviderDesk } from '@tutela/provider-desk';
import { TutelaError } from '../../tutela-error.js';

/** What to do about a refusal of the provider's desk, by its code. */
const advice: Readonly<Record<string, string>> = {
  'source-unknown': 'tutela provider source add declares it first.',
  'source-known': 'Another configuration is another exporter: give it a name of its own.',
  'day-not-kept': 'tutela provider segments list names the days.',
  'person-unknown': 'tutela person list names who is enrolled.',
  'too-few': 'tutela approval show names who has approved; two have to.',
  'customer-malformed': 'Nothing was taken over. docs/provider.md shows the form of a line.',
  TEST_VECTOR_MISSING: "Give the device's own answers as vectors.",
  TEST_VECTOR_DIFFERS: 'Compare the rule with the configuration of the device: counts, boundaries, reserved ports.',
};

/** What a refusal is a matter of; where nothing stands, of how the command was called. */
const endings: Readonly<Record<string, 'unauthorised' | 'unreadable' | 'refuted'>> = {
  'too-few': 'unauthorised',
  'unknown-request': 'unauthorised',
  refused: 'unauthorised',
  'used-already': 'unauthorised',
  'other-action': 'unauthorised',
  'other-case': 'unauthorised',
  'other-content': 'unauthorised',
  'after-expiry': 'unauthorised',
  'order-expired': 'unauthorised',
  'order-declined': 'unauthorised',
  // Of the file that was given, whose name is as it should be.
  'customer-malformed': 'unreadable',
  'source-malformed': 'unreadable',
  'pattern-malformed': 'unreadable',
  'pools-disagree': 'unreadable',
  'rule-malformed': 'unreadable',
  RULE_MALFORMED: 'unreadable',
  TEST_VECTOR_MISSING: 'unreadable',
  NFDUMP_DEFAULT_CSV: 'unreadable',
  HEADER_MISSING: 'unreadable',
  HEADER_UNKNOWN: 'unreadable',
  TEST_VECTOR_DIFFERS: 'refuted',
};

/**
 * The value of what was done. A bad file and a bad flag never end alike (test: "a refusal of what a file holds never ends
 * as a wrong call does").
 * @throws TutelaError `unauthorised`, `unreadable`, `refuted` or `usage` when it was refused
 */
export const answered = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind === 'done') return outcome.value;
  const { code, message } = outcome.reason;
  throw new TutelaError(
    endings[code] ?? 'usage',
    `Refused: ${message} (${code}).`,
    advice[code] ?? 'docs/provider.md says what is asked.',
  );
};

/** The order whose id begins so. @throws TutelaError `usage` when there is none, or more than one */
export const orderNamed = async (desk: ProviderDesk, name: string): Promise<string> => {
  const found = /^[0-9a-f-]{4,36}$/.test(name) ? await desk.ordersBeginning(name) : [];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const what = found.length > 1 ? `Several orders begin with ${name}.` : `There is no order ${name}.`;
  throw new TutelaError('usage', what, 'tutela provider order list names them; four letters at least.');
};
