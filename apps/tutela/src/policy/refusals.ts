import type { Outcome } from '@tutela/core';
import { TutelaError } from '../tutela-error.js';

/** What to do about a refusal of the policy, by its code. */
const advice: Readonly<Record<string, string>> = {
  'requester-approves': 'Somebody else has to approve it: whoever asks never does.',
  'subject-approves': 'Somebody else has to approve it: whom it is about never does.',
  'person-twice': 'Another person has to approve it.',
  'key-twice': 'Another person has to approve it.',
  'person-unknown': 'tutela person list names who is enrolled; TUTELA_ACTOR says who you are.',
  'person-not-then': 'The key is that of somebody who has left.',
  'credential-unknown': 'The key file is not the one that was enrolled: tutela person list.',
  'credential-not-then': 'The key was revoked.',
  'after-expiry': 'Ask for it again: approvals expire.',
  'unknown-request': 'tutela approval list names what is to be approved.',
  'not-open': 'tutela approval show tells what became of it.',
  'installed-already': 'Give one .pub file; somebody who is enrolled approves it.',
  'same-person': 'The first two people are two, each with a key of their own.',
  'known-already': 'A pseudonym or key is never given twice.',
};

/** The value of what was done. @throws TutelaError `unauthorised` when it was refused */
export const granted = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind === 'done') return outcome.value;
  const { code, message } = outcome.reason;
  throw new TutelaError(
    'unauthorised',
    `Refused: ${message} (${code}).`,
    advice[code] ?? 'docs/authority.md says what is asked.',
  );
};
