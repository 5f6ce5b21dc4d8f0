import type { Outcome } from '@tutela/core';
import { TutelaError } from '../tutela-error.js';

/** What to do next when a package was refused, by its code. */
const advice: Readonly<Record<string, string>> = {
  'unknown-case': 'tutela case list names the cases.',
  'malformed-draft':
    'Give --to NAME=age1… for each recipient, or --unencrypted, and a reason for whatever is left out.',
  'name-taken': 'Give another --name; a package is never written over.',
  'unknown-item': 'The files of a case are named by tutela package draft … --json, under items and exclusions.',
  'nothing-to-pack':
    'An authority of the case has to grant "disclose", and whoever asks has to be its lead (docs/authority.md).',
  'person-unknown': 'tutela person list names who is enrolled.',
  'item-gone': 'Import the report again, as a ZIP with its files.',
  'item-differs': 'The object store is damaged: tutela vault scrub.',
  'case-shredded': 'Nothing of the case can be packed any more.',
  'unknown-package': 'tutela package list names what was drafted.',
  'too-few-approvals': 'Two others approve it: tutela approval approve REQUEST --key THEIR.key.',
  'refused-by-approver': 'Draft another one, under another name.',
  expired: 'Draft it again, under another name: an approval holds for 72 hours.',
};

/** The value of what was done. @throws TutelaError `usage` or `unauthorised` when it was refused */
export const packed = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind === 'done') return outcome.value;
  const { code, message } = outcome.reason;
  const ending = unauthorised.has(code) ? 'unauthorised' : 'usage';
  throw new TutelaError(ending, `Refused: ${message} (${code}).`, advice[code] ?? 'docs/investigator.md tells more.');
};

const unauthorised: ReadonlySet<string> = new Set([
  'nothing-to-pack',
  'too-few-approvals',
  'refused-by-approver',
  'expired',
]);
